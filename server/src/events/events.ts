/** Everything that can happen, and the one way to say that it did: in the transaction in which it happens. */
import { sql } from 'kysely';
import type { Actor } from '../actor.ts';
import type { Tx } from '../db/database.ts';

/** What happens to tickets. Clients see the visible ones of their own account, with the resources they name. */
export const ticketEvents = {
  'ticket.opened': { visible: true },
  'ticket.changed': { visible: true },
  'ticket.commented': { visible: true },
  'ticket.noted': { visible: false },
  'ticket.read': { visible: true },
  'ticket.resolved': { visible: true },
  'ticket.closed': { visible: true },
  'ticket.reopened': { visible: true },
  'ticket.split': { visible: true },
  'ticket.voted': { visible: true },
  'comment.voted': { visible: true },
} as const;

/** What happens to the desk itself, for the audit. */
export const deskEvents = [
  'account.created',
  'account.changed',
  'staff.added',
  'status.changed',
  'token.changed',
  'token.issued',
  'token.revoked',
  'topic.added',
  'topic.changed',
] as const;

export type TicketEventType = keyof typeof ticketEvents;
export type DeskEventType = (typeof deskEvents)[number];

interface TicketEvent {
  account_id: number;
  number: number;
  comment_id?: number;
  /** What the resources do not say, such as what a field was before. */
  data?: object;
}

/** Records what happened to a ticket. The feed joins the ticket and the comment as they are when it is read. */
export async function record(tx: Tx, actor: Actor, type: TicketEventType, event: TicketEvent): Promise<void> {
  const { visible } = ticketEvents[type];
  await insert(tx, actor, type, visible, event.account_id, event.number, event.comment_id, event.data);
}

/** Records a change of the desk: `data` names the thing and, for a change, its fields before and after. */
export async function recordDesk(
  tx: Tx,
  actor: Actor,
  type: DeskEventType,
  data: object,
  accountId = 0,
): Promise<void> {
  await insert(tx, actor, type, false, accountId, null, null, data);
}

async function insert(
  tx: Tx,
  actor: Actor,
  type: string,
  visible: boolean,
  accountId: number,
  ticketNumber: number | null,
  commentId: number | null = null,
  data: object | null = null,
) {
  const tokenId = actor.kind === 'system' ? null : actor.tokenId;
  const staffId = actor.kind === 'staff' ? actor.staffId : null;
  await sql`
    insert into events (
      account_id, type, is_client_visible, ticket_number, comment_id, actor_kind, staff_id, token_id, data
    )
    values (
      ${accountId}, ${type}, ${visible}, ${ticketNumber}, ${commentId},
      ${actor.kind}, ${staffId}, ${tokenId}, ${data && JSON.stringify(data)}
    )
  `.execute(tx);
}
