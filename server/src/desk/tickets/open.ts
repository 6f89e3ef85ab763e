import { type Actor, byline, type ClientActor, type StaffActor, type SystemActor } from '#actor.ts';
import { commentText, insertTexts, ticketText } from '#desk/search/texts.ts';
import { invalid } from '#errors.ts';
import type { Tx } from '#platform/db/database.ts';
import { oneRow } from '#platform/db/one-row.ts';
import { recording } from '#platform/events/events.ts';
import { sql } from '#platform/sql.ts';
import { addressOf } from '#platform/text/address.ts';
import { checkAccess } from './access.ts';
import { authorName } from './author-name.ts';
import { attachToComment } from './comments/attach.ts';
import { lockAccount, ticketColumns, ticketStatus } from './find.ts';
import { withCan } from './rules.ts';
import type { NewStaffTicket, NewTicket, StoredTicket, TicketRow } from './schema.ts';

/** Opens a ticket with its first comment, for the client's own account. */
export async function openTicket(tx: Tx, actor: ClientActor, input: NewTicket): Promise<TicketRow> {
  return open(tx, actor, actor.accountId, input);
}

/** What the host sets on a ticket that staff open. */
interface HostFields {
  external_id?: string;
}

/** Opens a ticket for the account with either of its ids. */
export async function openTicketFor(tx: Tx, actor: StaffActor, input: NewStaffTicket): Promise<TicketRow> {
  const { account_id, account_external_id, ...ticket } = input;
  if ((account_id === undefined) === (account_external_id === undefined)) {
    const errors = ['/account_id', '/account_external_id'].map((pointer) => ({
      pointer,
      detail: 'is required, or the other',
    }));
    throw invalid('invalid_request', 'Send either account_id or account_external_id.', errors);
  }
  if (account_id !== undefined) return openTicketForAccount(tx, actor, account_id, ticket);
  const { rows } = await sql<{ account_id: number }>`
    select account_id from accounts where external_id = ${account_external_id}
  `.execute(tx);
  if (!rows[0]) throw unknownAccount('/account_external_id');
  return openTicketForAccount(tx, actor, rows[0].account_id, ticket);
}

/** Opens a ticket that starts with a comment of staff, such as a notice of abuse or of maintenance. */
export async function openTicketForAccount(
  tx: Tx,
  actor: StaffActor | SystemActor,
  accountId: number,
  input: NewTicket & HostFields,
): Promise<TicketRow> {
  if (!(await lockAccount(tx, accountId))) throw unknownAccount('/account_id');
  return open(tx, actor, accountId, input);
}

const unknownAccount = (pointer: string) =>
  invalid('invalid_request', 'There is no such account.', [{ pointer, detail: 'is unknown' }]);

async function open(
  tx: Tx,
  actor: Actor,
  accountId: number,
  input: NewTicket & HostFields,
): Promise<TicketRow> {
  await checkAccess(tx, actor, input);
  const { access_level = 'account_users', keystone_projects = [], notice_id, external_id } = input;
  const byClient = actor.kind === 'client';
  const { staff_id, token_id, user_id } = byline(actor);
  const client_emails = uniqueEmails(input.client_emails);
  const texts = [
    { is_comment: false, ...ticketText(accountId, { ...input, client_emails }) },
    { is_comment: true, ...commentText(accountId, input.comment_body, false) },
  ];
  const result = await sql<StoredTicket & { comment_id: number }>`
    with account as (
      update account_state
      set tickets_open = tickets_open + 1
      where account_id = ${accountId}
    ), ticket as (
      insert into tickets (
        account_id, summary, topic_key, status_key, is_client_author, is_client_read, is_staff_read, has_reply,
        waiting_since, client_aliased_name, client_emails, comment_count, comment_bytes, access_level, keystone_projects,
        notice_id, external_id
      )
      values (
        ${accountId}, ${input.summary},
        (select key from topics where key = ${input.topic_key ?? null} and archived_at is null),
        ${byClient ? 'new' : 'await_client'}, ${byClient}, ${byClient}, ${!byClient}, ${!byClient},
        ${byClient ? sql`now()` : sql`null`},
        ${input.client_aliased_name ?? null}, ${client_emails},
        1, ${Buffer.byteLength(input.comment_body)}, ${access_level}, ${keystone_projects},
        ${notice_id === undefined ? null : JSON.stringify(notice_id)}, ${external_id ?? null}
      )
      returning *
    ), comment as (
      insert into comments (
        account_id, ticket_number, body, is_client_author, is_client_read, author_name, ticket_version,
        staff_id, token_id, user_id
      )
      select
        ${accountId}, number, ${input.comment_body}, ${byClient}, ${byClient},
        ${authorName(actor, input.client_aliased_name)}, version,
        ${staff_id}::bigint, ${token_id}::bigint, ${user_id}::text
      from ticket
      returning id
    ), text as (${insertTexts(sql`(
      select account_id, number, case when is_comment then comment.id else 0 end as comment_id, vector, stems
      from jsonb_to_recordset(${JSON.stringify(texts)}) as given (is_comment boolean, vector text, stems jsonb)
      cross join ticket
      cross join comment
    )`)}
    ), event as (${recording(actor, 'ticket.opened', {
      account_id: accountId,
      number: sql`(select number from ticket)`,
      comment_id: sql`(select id from comment)`,
    })})
    select ${ticketColumns}, comment.id as comment_id
    from ticket as tickets
    ${ticketStatus}
    cross join comment
  `.execute(tx);
  const ticket = oneRow(result);
  if (input.topic_key !== undefined && ticket.topic_key === null) throw unknownTopic();
  const { number, comment_id } = ticket;
  if (input.files)
    await attachToComment(
      tx,
      actor,
      { account_id: accountId, ticket_number: number, comment_id },
      input.files,
    );
  return withCan(actor, ticket);
}

export const unknownTopic = (pointer = '/topic_key') =>
  invalid('unknown_topic', 'There is no such topic. GET /support/topics lists the topics.', [
    { pointer, detail: 'is not the key of a topic' },
  ]);

/** The distinct addresses, in the order given. */
export const uniqueEmails = (emails: string[] = []) => [...new Set(emails.map(addressOf))];
