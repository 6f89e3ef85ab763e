import { type Actor, byline } from '#actor.ts';
import { mentioning } from '#desk/mentions/mentions.ts';
import { commentText, insertTexts, type SearchText } from '#desk/search/texts.ts';
import { authorName } from '#desk/tickets/author-name.ts';
import { releaseReopened } from '#desk/tickets/release.ts';
import { refuseFull } from '#desk/tickets/rules.ts';
import type { TicketRow } from '#desk/tickets/schema.ts';
import { endSnoozeEach } from '#desk/tickets/snooze.ts';
import type { Tx } from '#platform/db/database.ts';
import { byEach, recordingEach } from '#platform/events/events.ts';
import { type Sql, sql } from '#platform/sql.ts';
import { commentColumns } from './list.ts';
import type { CommentRow } from './schema.ts';

/** A comment to write on a ticket, which the caller has locked. */
export interface Writing {
  ticket: TicketRow;
  body: string;
}

export interface WritingKind {
  event: 'ticket.commented' | 'ticket.noted' | 'ticket.reopened' | 'ticket.reminded';
  mentions?: number[] | undefined;
  /** The state after a reply of staff, for the event. */
  status_key?: string;
  /** For the `set` of the tickets' update. A note changes no state, and clients do not find it. */
  move?: Sql;
}

/**
 * Writes a comment on each ticket, with the state, the search words and the event, in one statement. All are by one
 * member of staff, or by clients. Returns them in the order of account and number.
 */
export async function writeEach(
  tx: Tx,
  writings: Array<Writing & { actor: Actor }>,
  { event, mentions = [], status_key, move }: WritingKind,
): Promise<CommentRow[]> {
  for (const { ticket, body } of writings) refuseFull(ticket, body);
  const staff = writings.map(({ actor }) => actor).find((actor) => actor.kind === 'staff');
  const said = { ...(status_key && { status_key }), ...(mentions.length > 0 && { mentions }) };
  const data = Object.keys(said).length > 0 ? JSON.stringify(said) : null;
  const textOf = searchTexts(!move);
  const rows = writings.map(({ actor, ticket, body }) => ({
    ...textOf(ticket.account_id, body),
    ...byline(actor),
    actor_kind: actor.kind,
    account_id: ticket.account_id,
    number: ticket.number,
    body,
    bytes: Buffer.byteLength(body),
    author_name: authorName(actor, ticket.client_aliased_name),
    ticket_version: move ? ticket.version + 1 : ticket.version,
  }));
  const { rows: comments } = await sql<CommentRow>`
    with wanted as (
      select *
      from jsonb_to_recordset(${JSON.stringify(rows)}) as wanted (
        account_id bigint, number bigint, body text, bytes int, author_name text, ticket_version int,
        vector text, stems jsonb, actor_kind text, staff_id bigint, token_id bigint, user_id text
      )
    ), moved as (
      update tickets
      set ${move ? sql`${move},` : sql``}
          comment_count = comment_count + 1, comment_bytes = comment_bytes + wanted.bytes
      from wanted
      where tickets.account_id = wanted.account_id and tickets.number = wanted.number
    ),
    ${staff ? sql`${mentioning(staff, sql`wanted`, mentions)},` : sql``}
    comment as (
      insert into comments (
        account_id, ticket_number, body, is_internal, is_client_author, is_client_read, author_name,
        ticket_version, staff_id, token_id, user_id, mentions
      )
      select
        account_id, number, body, ${!move}, actor_kind = 'client', actor_kind = 'client' or ${!move}, author_name,
        ticket_version, staff_id, token_id, user_id, ${mentions}::bigint[]
      from wanted
      order by account_id, number
      returning ${commentColumns}
    ), written as (
      select wanted.*, comment.id as comment_id, ${data}::jsonb as data
      from wanted
      join comment on comment.account_id = wanted.account_id and comment.ticket_number = wanted.number
    ),
    text as (${insertTexts(sql`written`)}),
    event as (${recordingEach(byEach, event, sql`(select * from written order by comment_id) as written`, sql`comment_id`)})
    select * from comment order by id
  `.execute(tx);
  if (move) {
    await releaseReopened(
      tx,
      writings.map(({ ticket }) => ticket),
    );
  }
  if (move && event !== 'ticket.reminded') await wakeEach(tx, writings);
  return comments;
}

/** Ends the snoozes of the tickets. */
async function wakeEach(tx: Tx, writings: Array<Writing & { actor: Actor }>) {
  for (const [actor, own] of Map.groupBy(writings, (writing) => writing.actor)) {
    await endSnoozeEach(
      tx,
      actor,
      own.map(({ ticket }) => ticket),
    );
  }
}

/** The same reply on many tickets of an account is split into words once. */
function searchTexts(isInternal: boolean) {
  const known = new Map<string, SearchText>();
  return (accountId: number, body: string) => {
    const key = `${accountId} ${body}`;
    const text = known.get(key) ?? commentText(accountId, body, isInternal);
    known.set(key, text);
    return text;
  };
}
