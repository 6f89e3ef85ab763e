import type { StaffActor, SystemActor } from '#actor.ts';
import { copyFiles } from '#desk/files/follow-comments.ts';
import { copyTexts, insertTexts, ticketText } from '#desk/search/texts.ts';
import type { CommentRow } from '#desk/tickets/comments/schema.ts';
import { invalid } from '#errors.ts';
import type { Tx } from '#platform/db/database.ts';
import { oneRow } from '#platform/db/one-row.ts';
import { record } from '#platform/events/events.ts';
import { sql } from '#platform/sql.ts';
import { changeTicketAsStaff } from './change.ts';
import { recountComments } from './comment-counts.ts';
import { findTicket, lockAccountAndTicket } from './find.ts';
import { touched } from './move.ts';
import { commentSplit, notesAlone, nothingLeft } from './refusals.ts';
import { releaseReopened } from './release.ts';
import type { Split, TicketRow } from './schema.ts';

/**
 * Splits some comments off into a new ticket. In the old ticket they stay listed and refer to the new one, which has
 * copies with their files, times, authors, votes and read marks. Returns the new ticket.
 */
export async function splitTicket(
  tx: Tx,
  actor: StaffActor | SystemActor,
  number: number,
  { comment_ids, summary }: Pick<Split, 'comment_ids' | 'summary'>,
): Promise<TicketRow> {
  const source = await lockAccountAndTicket(tx, actor, number);
  const comments = await listAllComments(tx, source);
  const chosen = chooseComments(comments, comment_ids);
  const target = await insertTarget(tx, source, chosen, summary);
  await copyComments(tx, source, target.number, comment_ids);
  await recountComments(tx, source.account_id, [target.number]);
  await sql`
    update tickets
    set ${touched}
    where account_id = ${source.account_id} and number = ${number}
  `.execute(tx);
  const { account_id } = source;
  await record(tx, actor, 'ticket.split', { account_id, number, data: { to: target.number, comment_ids } });
  await record(tx, actor, 'ticket.opened', { account_id, number: target.number, data: { from: number } });
  await releaseReopened(tx, [{ ...source, number: target.number }]);
  return findTicket(tx, actor, target.number);
}

/** The same, and gives the new ticket a topic and an assignee of its own. */
export async function splitTicketAsStaff(
  tx: Tx,
  actor: StaffActor,
  number: number,
  { topic_key, assignee_id, ...split }: Split,
): Promise<TicketRow> {
  const ticket = await splitTicket(tx, actor, number, split);
  const change = {
    ...(topic_key !== undefined && topic_key !== ticket.topic_key && { topic_key }),
    ...(assignee_id !== undefined && assignee_id !== ticket.assignee_id && { assignee_id }),
  };
  if (Object.keys(change).length === 0) return ticket;
  return changeTicketAsStaff(tx, actor, ticket.number, change);
}

type SplitComment = Pick<
  CommentRow,
  'id' | 'is_internal' | 'is_client_author' | 'is_client_read' | 'sent_at' | 'splitted_at'
>;

/** Without their texts, which may be long. */
async function listAllComments(tx: Tx, { account_id, number }: TicketRow): Promise<SplitComment[]> {
  const { rows } = await sql<SplitComment>`
    select id, is_internal, is_client_author, is_client_read, sent_at, splitted_at
    from comments
    where comments.account_id = ${account_id} and comments.ticket_number = ${number}
    order by comments.id
  `.execute(tx);
  return rows;
}

/** The comments with these ids, in order. Refuses a choice that would lose, duplicate or hide something. */
function chooseComments(comments: SplitComment[], ids: number[]): SplitComment[] {
  const unknown = ids.flatMap((id, i) => (comments.some((comment) => comment.id === id) ? [] : [i]));
  if (unknown.length > 0) {
    const errors = unknown.map((i) => ({
      pointer: `/comment_ids/${i}`,
      detail: 'is not a comment of this ticket',
    }));
    throw invalid('unknown_comment', 'Not all of these are comments of this ticket.', errors);
  }
  const chosen = comments.filter(({ id }) => ids.includes(id));
  if (chosen.some(({ splitted_at }) => splitted_at !== null)) throw commentSplit();
  if (chosen.every(({ is_internal }) => is_internal)) throw notesAlone();
  const rest = comments.filter(
    (comment) => !ids.includes(comment.id) && !comment.is_internal && !comment.splitted_at,
  );
  if (rest.length === 0) throw nothingLeft();
  return chosen;
}

/** The new ticket, in the state that its last comment leaves it in. */
async function insertTarget(tx: Tx, source: TicketRow, chosen: SplitComment[], summary: string) {
  const visible = chosen.filter(({ is_internal }) => !is_internal);
  const isClientAuthor = visible[0]?.is_client_author ?? false;
  const reply = visible.find(({ is_client_author }) => !is_client_author);
  const lastReply = visible.findLastIndex(({ is_client_author }) => !is_client_author);
  const waitingSince = visible[lastReply + 1]?.sent_at ?? null; // of the first comment without a reply
  const { account_id } = source;
  const text = ticketText(account_id, { ...source, summary });
  const result = await sql<{ number: number }>`
    with account as (
      update account_state
      set tickets_open = tickets_open + 1
      where account_id = ${account_id}
    ), ticket as (
      insert into tickets (
        account_id, summary, topic_key, type, client_aliased_name, client_emails, splitted_from_ticket_number,
        access_level, keystone_projects, notice_id, priority, tags, assignee_id, status_key, is_client_author,
        is_client_read, is_staff_read, has_reply, waiting_since, first_response_at
      )
      select
        account_id, ${summary}, topic_key, type, client_aliased_name, client_emails, number,
        access_level, keystone_projects, notice_id, priority, tags, assignee_id,
        ${waitingSince ? 'in_progress' : 'await_client'},
        ${isClientAuthor},
        ${visible.every(({ is_client_read }) => is_client_read)},
        is_staff_read,
        ${reply !== undefined},
        ${waitingSince},
        ${(isClientAuthor && reply?.sent_at) || null}
      from tickets
      where account_id = ${account_id} and number = ${source.number}
      returning number
    ), text as (${insertTexts(sql`(
      select ${account_id}::bigint as account_id, number, 0::bigint as comment_id, vector, stems
      from ticket
      cross join jsonb_to_record(${JSON.stringify(text)}) as given (vector text, stems jsonb)
    )`)})
    select number from ticket
  `.execute(tx);
  return oneRow(result);
}

/** Copies have their own ids, their files have their own rows for the same bytes, and they are found as the originals. */
async function copyComments(tx: Tx, { account_id, number }: TicketRow, target: number, ids: number[]) {
  await sql`
    with chosen as (
      update comments
      set splitted_at = now(), splitted_to_ticket_number = ${target}
      where account_id = ${account_id} and id = any(${ids})
      returning *
    ), numbered as (
      select chosen.*, nextval('comment_ids') as new_id
      from (select * from chosen order by id) as chosen
    ), copied_files as (${copyFiles(target, sql`numbered`)}
    ), copied_texts as (${copyTexts(account_id, { from: number, to: target }, sql`numbered`)}
    )
    insert into comments (
      account_id, id, ticket_number, body, is_internal, is_client_author, is_client_read, author_name,
      ticket_version, staff_id, token_id, user_id, sent_at, vote, mentions, copied_from_id,
      redacted_at, redacted_by, redacted_files
    )
    select
      account_id, new_id, ${target}, body, is_internal, is_client_author, is_client_read, author_name,
      1, staff_id, token_id, user_id, sent_at, vote, mentions, id, redacted_at, redacted_by, redacted_files
    from numbered
  `.execute(tx);
  await listFilesInComments(tx, account_id, target);
}

/** Updates the list of files in each comment of a ticket from the files table. */
async function listFilesInComments(tx: Tx, accountId: number, number: number) {
  await sql`
    update comments
    set files = listed.files
    from (
      select comment_id, jsonb_agg(
        jsonb_build_object(
          'uuid', uuid, 'name', name, 'size', size, 'extension', extension, 'content_type', content_type,
          'created_at', to_char(created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
        ) order by position
      ) as files
      from files
      where account_id = ${accountId} and ticket_number = ${number}
      group by comment_id
    ) as listed
    where comments.account_id = ${accountId} and comments.id = listed.comment_id
  `.execute(tx);
}
