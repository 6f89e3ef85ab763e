import { type Actor, byline, type ClientActor, type StaffActor, type SystemActor } from '#actor.ts';
import { commentText, insertTexts, ticketText } from '#desk/search/texts.ts';
import { invalid } from '#errors.ts';
import { batched, batchedWrite } from '#platform/db/batch.ts';
import type { Tx } from '#platform/db/database.ts';
import { byEach, recordingEach } from '#platform/events/events.ts';
import { sql } from '#platform/sql.ts';
import { addressOf } from '#platform/text/address.ts';
import { checkAccess } from './access.ts';
import { authorName } from './author-name.ts';
import { attachToComment } from './comments/attach.ts';
import { lockAccount, lockAccountTogether, ticketColumns, ticketStatus } from './find.ts';
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
  if (tx.together) await joinOthers(tx, accountId, input);
  const { comment_id, ...ticket } = await insert(tx, { actor, accountId, input });
  if (input.topic_key !== undefined && ticket.topic_key === null) throw unknownTopic();
  const { number: ticket_number } = ticket;
  if (input.files)
    await attachToComment(tx, actor, { account_id: accountId, ticket_number, comment_id }, input.files);
  return withCan(actor, ticket);
}

/** Before the tickets of a shared transaction are written: leaves it if this one would have to wait or is refused. */
async function joinOthers(tx: Tx, accountId: number, { topic_key }: NewTicket) {
  const [, isKnown] = await Promise.all([
    lockAccountTogether(tx, accountId),
    topic_key === undefined || isTopic(tx, topic_key),
  ]);
  if (!isKnown) throw unknownTopic();
}

/** Whether new tickets can have this topic. */
const isTopic = batched<string, boolean>(async (db, keys) => {
  const { rows } = await sql<{ key: string }>`
    select key from topics where key = any(${keys}) and archived_at is null
  `.execute(db);
  return keys.map((key) => rows.some((topic) => topic.key === key));
});

interface Opening {
  actor: Actor;
  accountId: number;
  input: NewTicket & HostFields;
}

/** Tickets with their first comments, in one statement. */
const insert = batchedWrite<Opening, StoredTicket & { comment_id: number }>(async (tx, openings) => {
  const { rows } = await sql<StoredTicket & { comment_id: number }>`
    with given as (
      select *, nextval('ticket_numbers') as number, nextval('comment_ids') as comment_id
      from jsonb_to_recordset(${JSON.stringify(openings.map(toRow))}) as given (
        account_id bigint, actor_kind text, staff_id bigint, token_id bigint, user_id text, summary text,
        topic_key text, client_aliased_name text, client_emails text[], access_level text, keystone_projects text[],
        notice_id jsonb, external_id text, vector text, stems jsonb, body text, bytes int, author_name text,
        comment_vector text, comment_stems jsonb
      )
    ), account as (
      update account_state
      set tickets_open = tickets_open + opened.count
      from (select account_id, count(*) from given group by account_id) as opened
      where account_state.account_id = opened.account_id
    ), ticket as (
      insert into tickets (
        account_id, number, summary, topic_key, status_key, is_client_author, is_client_read, is_staff_read, has_reply,
        waiting_since, client_aliased_name, client_emails, comment_count, comment_bytes, access_level, keystone_projects,
        notice_id, external_id
      )
      select
        account_id, number, summary,
        (select key from topics where key = given.topic_key and archived_at is null),
        case when by_client then 'new' else 'await_client' end, by_client, by_client, not by_client, not by_client,
        case when by_client then now() end, client_aliased_name, client_emails, 1, bytes, access_level,
        keystone_projects, notice_id, external_id
      from given
      cross join lateral (select actor_kind = 'client' as by_client) as author
      returning *
    ), comment as (
      insert into comments (
        account_id, id, ticket_number, body, is_client_author, is_client_read, author_name, ticket_version,
        staff_id, token_id, user_id
      )
      select
        account_id, comment_id, number, body, actor_kind = 'client', actor_kind = 'client', author_name, version,
        staff_id, token_id, user_id
      from given
      join ticket using (account_id, number)
    ), text as (${insertTexts(sql`(
      select account_id, number, 0 as comment_id, vector, stems from given
      union all
      select account_id, number, comment_id, comment_vector, comment_stems from given
    )`)}
    ), event as (${recordingEach(byEach, 'ticket.opened', sql`(select *, null::jsonb as data from given) as given`, sql`comment_id`)})
    select ${ticketColumns}, given.comment_id
    from ticket as tickets
    ${ticketStatus}
    join given using (account_id, number)
    order by number
  `.execute(tx);
  return rows;
});

function toRow({ actor, accountId, input }: Opening) {
  const client_emails = uniqueEmails(input.client_emails);
  const { vector, stems } = ticketText(accountId, { ...input, client_emails });
  const comment = commentText(accountId, input.comment_body, false);
  return {
    account_id: accountId,
    actor_kind: actor.kind,
    ...byline(actor),
    summary: input.summary,
    topic_key: input.topic_key,
    client_aliased_name: input.client_aliased_name,
    client_emails,
    access_level: input.access_level ?? 'account_users',
    keystone_projects: input.keystone_projects ?? [],
    notice_id: input.notice_id,
    external_id: input.external_id,
    vector,
    stems,
    body: input.comment_body,
    bytes: Buffer.byteLength(input.comment_body),
    author_name: authorName(actor, input.client_aliased_name),
    comment_vector: comment.vector,
    comment_stems: comment.stems,
  };
}

export const unknownTopic = (pointer = '/topic_key') =>
  invalid('unknown_topic', 'There is no such topic. GET /support/topics lists the topics.', [
    { pointer, detail: 'is not the key of a topic' },
  ]);

/** The distinct addresses, in the order given. */
export const uniqueEmails = (emails: string[] = []) => [...new Set(emails.map(addressOf))];
