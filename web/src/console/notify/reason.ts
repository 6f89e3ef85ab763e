/** Why an event concerns a team member. */
import type { StaffEventBase } from '#api/generated/types.gen.ts';

export type Reason = 'assigned' | 'mentioned' | 'replied';

type Heard = Pick<StaffEventBase, 'type' | 'actor_kind' | 'staff_id' | 'data'> & {
  ticket: Pick<NonNullable<StaffEventBase['ticket']>, 'assignee_id'> | null;
};

/** What they do themselves does not concern them. */
export function reasonOf({ type, actor_kind, staff_id, ticket, data }: Heard, ownId: number): Reason | null {
  if (!ticket || staff_id === ownId) return null;
  const isOwn = ticket.assignee_id === ownId;
  if (Array.isArray(data?.mentions) && data.mentions.includes(ownId)) return 'mentioned';
  if (type === 'ticket.triaged' && isOwn && isNowAssigned(data?.after, ownId)) return 'assigned';
  if (actor_kind !== 'client' || !isOwn) return null;
  return ['ticket.commented', 'ticket.reopened'].includes(type) ? 'replied' : null;
}

const isNowAssigned = (after: unknown, ownId: number) =>
  typeof after === 'object' && after !== null && 'assignee_id' in after && after.assignee_id === ownId;
