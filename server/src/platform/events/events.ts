/** Everything that can happen, and the one way to say that it did: in the transaction in which it happens. */
import { type RawBuilder, sql } from 'kysely';
import { type Actor, byline } from '#actor.ts';
import type { Tx } from '#platform/db/database.ts';

/** What happens to tickets. Clients see the visible ones of their own account, with the resources they name. */
export const ticketEvents = {
  'ticket.opened': { visible: true },
  'ticket.changed': { visible: true },
  'ticket.triaged': { visible: false },
  'ticket.seen': { visible: false },
  'ticket.unseen': { visible: false },
  'ticket.commented': { visible: true },
  'ticket.noted': { visible: false },
  'ticket.read': { visible: true },
  'ticket.resolved': { visible: true },
  'ticket.reminded': { visible: true },
  'ticket.closed': { visible: true },
  'ticket.reopened': { visible: true },
  'ticket.split': { visible: true },
  'ticket.unsplit': { visible: true },
  'ticket.merged': { visible: true },
  'ticket.unmerged': { visible: true },
  'ticket.snoozed': { visible: false },
  'ticket.unsnoozed': { visible: false },
  'ticket.moved': { visible: true },
  'ticket.removed': { visible: true },
  'ticket.voted': { visible: true },
  'comment.voted': { visible: true },
  'comment.redacted': { visible: true },
  'file.redacted': { visible: true },
  'note.redacted': { visible: false },
  'draft.started': { visible: false },
  'draft.discarded': { visible: false },
  'delayed_reply.scheduled': { visible: false },
  'delayed_reply.cancelled': { visible: false },
  'delayed_reply.stopped': { visible: false },
  'sla.warned': { visible: false },
  'sla.breached': { visible: false },
} as const;

/** What happens to the instance itself, for the audit. */
export const instanceEvents = [
  'account.created',
  'account.changed',
  'erasure.requested',
  'erasure.finished',
  'second_factor.disabled',
  'second_factor.enabled',
  'second_factor.reset',
  'session.ended',
  'session.opened',
  'session.refused',
  'staff.accepted',
  'client_session.ended',
  'sign_in_link.created',
  'client_session.opened',
  'client_session.renewed',
  'sso_key.added',
  'sso_key.changed',
  'sso_key.deleted',
  'inactivity_rule.added',
  'inactivity_rule.changed',
  'inactivity_rule.deleted',
  'calendar.added',
  'calendar.changed',
  'calendar.deleted',
  'event.dismissed',
  'event.retried',
  'event.set_aside',
  'canned_response.added',
  'canned_response.changed',
  'canned_response.deleted',
  'canned_response.used',
  'sla_policy.added',
  'sla_policy.changed',
  'sla_policy.deleted',
  'staff.added',
  'staff.changed',
  'staff.linked',
  'staff.password_changed',
  'staff.reset',
  'status.changed',
  'tag.deleted',
  'tag.renamed',
  'token.changed',
  'token.issued',
  'token.revoked',
  'topic.added',
  'topic.changed',
  'view.added',
  'view.changed',
  'view.deleted',
] as const;

export type TicketEventType = keyof typeof ticketEvents;
type InstanceEventType = (typeof instanceEvents)[number];

interface TicketEvent {
  account_id: number;
  /** Of the ticket; within a larger statement, SQL that gives it. */
  number: number | RawBuilder<number>;
  comment_id?: number | RawBuilder<number>;
  /** What the resources do not say, such as what a field was before. */
  data?: object;
}

/** Records what happened to a ticket. The feed joins the ticket and the comment as they are when it is read. */
export async function record(tx: Tx, actor: Actor, type: TicketEventType, event: TicketEvent): Promise<void> {
  await recording(actor, type, event).execute(tx);
}

/** The same as a part of the statement that makes it happen: one round trip less where there are many. */
export function recording(actor: Actor, type: TicketEventType, event: TicketEvent): RawBuilder<unknown> {
  return insert(actor, type, ticketEvents[type].visible, event);
}

/**
 * The same for many tickets in one statement: `source` names SQL that gives `account_id`, `number` and `data` for each,
 * in the order in which the events are to stand.
 */
export function recordingEach(
  actor: Actor,
  type: TicketEventType,
  source: RawBuilder<unknown>,
): RawBuilder<unknown> {
  const { staff_id, token_id, user_id } = byline(actor);
  return sql`
    insert into events (
      account_id, type, is_client_visible, ticket_number, actor_kind, staff_id, token_id, user_id, data
    )
    select
      account_id, ${type}, ${ticketEvents[type].visible}, number,
      ${actor.kind}, ${staff_id}::bigint, ${token_id}::bigint, ${user_id}, data
    from ${source}
  `;
}

/** Records a change of the instance: `data` names the thing and, for a change, its fields before and after. */
export async function recordForInstance(
  tx: Tx,
  actor: Actor,
  type: InstanceEventType,
  data: object,
  accountId = 0,
): Promise<void> {
  await insert(actor, type, false, { account_id: accountId, number: sql`null`, data }).execute(tx);
}

function insert(actor: Actor, type: string, visible: boolean, event: TicketEvent): RawBuilder<unknown> {
  const { account_id, number, comment_id = null, data } = event;
  const { staff_id, token_id, user_id } = byline(actor);
  return sql`
    insert into events (
      account_id, type, is_client_visible, ticket_number, comment_id, actor_kind, staff_id, token_id, user_id, data
    )
    values (
      ${account_id}, ${type}, ${visible}, ${number}, ${comment_id},
      ${actor.kind}, ${staff_id}, ${token_id}, ${user_id}, ${data ? JSON.stringify(data) : null}
    )
  `;
}
