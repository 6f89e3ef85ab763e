/** Erases a contact of an account: what they wrote, and their name and address everywhere. The tickets stay. */
import { system } from '#actor.ts';
import { redactEach } from '#desk/redaction/comments.ts';
import { findErasureNotice } from '#desk/redaction/notice.ts';
import { rewriteTickets } from '#desk/search/texts.ts';
import { commentColumns } from '#desk/tickets/comments/list.ts';
import type { CommentRow } from '#desk/tickets/comments/schema.ts';
import { lockAccount } from '#desk/tickets/find.ts';
import { touched } from '#desk/tickets/move.ts';
import { forgetContacts } from '#people/sso/forget.ts';
import type { Tx } from '#platform/db/database.ts';
import { isOfType, recordEach } from '#platform/events/events.ts';
import type { EventType } from '#platform/events/types.ts';
import { patchSavedResponses, removeFromSavedResponses } from '#platform/http/saved-responses.ts';
import { sql } from '#platform/sql.ts';
import { changeSavedPeople } from './moved-away.ts';
import type { Step } from './run.ts';
import type { Erasure } from './schema.ts';

const COMMENTS_AT_ONCE = 20;
const EVENTS_AT_ONCE = 200;

interface Person {
  account_id: number;
  user_id: string;
  name: string;
  email: string | null;
}

export async function erasePersonBatch(tx: Tx, { account_id, user_id }: Erasure): Promise<Step> {
  await lockAccount(tx, account_id);
  const { rows } = await sql<Person>`
    select account_id, user_id, name, email
    from contacts
    where account_id = ${account_id} and user_id = ${user_id}
    for update
  `.execute(tx);
  const [person] = rows;
  if (!person) return { removed: {}, blobs: [], isDone: true }; // already erased with the account
  const comments = await listBatch(tx, person);
  if (comments.length > 0) return eraseComments(tx, person, comments);
  const events = await listEvents(tx, person);
  if (events.length > 0) return eraseEvents(tx, person, events);
  return eraseNames(tx, person);
}

async function listBatch(tx: Tx, { account_id, user_id }: Person): Promise<CommentRow[]> {
  const { rows } = await sql<CommentRow>`
    select ${commentColumns}
    from comments
    where account_id = ${account_id} and user_id = ${user_id}
    order by id
    limit ${COMMENTS_AT_ONCE}
  `.execute(tx);
  return rows;
}

async function eraseComments(tx: Tx, { account_id }: Person, comments: CommentRow[]): Promise<Step> {
  const notice = await findErasureNotice(tx, account_id);
  const blobs = await redactEach(tx, system, account_id, comments, notice);
  const ids = comments.map(({ id }) => id);
  await sql`
    update comments
    set user_id = null, author_name = null
    where account_id = ${account_id} and id = any(${ids}::bigint[])
  `.execute(tx);
  return { removed: { comments: comments.length, files: blobs.length }, blobs, isDone: false };
}

interface OwnEvent {
  id: number;
  type: EventType;
  ticket_number: number | null;
  created_at: string;
}

async function listEvents(tx: Tx, { account_id, user_id }: Person): Promise<OwnEvent[]> {
  const { rows } = await sql<OwnEvent>`
    select id, type, ticket_number, created_at
    from events
    where account_id = ${account_id} and user_id = ${user_id}
    order by id
    limit ${EVENTS_AT_ONCE}
  `.execute(tx);
  return rows;
}

/** Their events stay in the history, without the author and the values they set. */
async function eraseEvents(tx: Tx, { account_id }: Person, events: OwnEvent[]): Promise<Step> {
  const opened = events.filter(({ type }) => type === 'ticket.opened').map((one) => one.ticket_number ?? 0);
  const { text } = await findErasureNotice(tx, account_id);
  await sql`
    update tickets
    set summary = ${text}, ${touched}
    where account_id = ${account_id} and number = any(${opened}::bigint[])
  `.execute(tx);
  const votes = events.filter(({ type }) => mayVote(type));
  await eraseVotes(tx, account_id, votes, text);
  await sql`
    update events
    set user_id = null, data = null
    where account_id = ${account_id} and id = any(${events.map(({ id }) => id)}::bigint[])
  `.execute(tx);
  await sql`
    update events
    set data = (data #- '{before,summary}') #- '{after,summary}'
    where account_id = ${account_id} and ticket_number = any(${opened}::bigint[]) and ${isOfType('ticket.changed')}
  `.execute(tx);
  const patches = sql`
    select '{"number":' || number || ',', ${JSON.stringify({ summary: text })}::jsonb
    from unnest(${opened}::bigint[]) as opened (number)
  `;
  await patchSavedResponses(tx, account_id, patches);
  await recordTouched(tx, account_id, opened);
  return { removed: { summaries: opened.length, events: events.length }, blobs: [], isDone: false };
}

/** Whether a vote may have been given with an event: on a ticket or a comment, or while closing. */
const mayVote = (type: EventType) => type.endsWith('.voted') || type === 'ticket.closed';

/** Removes the comments of votes that were given with these events. A split has copied those on comments. */
async function eraseVotes(tx: Tx, accountId: number, events: OwnEvent[], text: string) {
  const given = sql`
    jsonb_to_recordset(${JSON.stringify(events)}) as given (ticket_number bigint, created_at timestamptz)
  `;
  await sql`
    update votes
    set comment = ${text}
    from ${given}
    where votes.account_id = ${accountId}
      and votes.ticket_number = given.ticket_number
      and votes.created_at = given.created_at
      and comment is not null
  `.execute(tx);
  await sql`
    update tickets
    set vote = jsonb_set(vote, '{comment}', to_jsonb(${text}::text)), ${touched}
    where account_id = ${accountId}
      and number = any(${events.map(({ ticket_number }) => ticket_number)}::bigint[])
      and vote ->> 'comment' is not null
  `.execute(tx);
  await sql`
    update comments
    set vote = jsonb_set(vote, '{comment}', to_jsonb(${text}::text))
    where account_id = ${accountId}
      and vote ->> 'comment' is not null
      and (vote ->> 'created_at')::timestamptz = any(${events.map(({ created_at }) => created_at)}::timestamptz[])
  `.execute(tx);
}

/** Their name and address wherever Paneldesk itself stored them, but not in what others wrote. */
async function eraseNames(tx: Tx, { account_id, user_id, name, email }: Person): Promise<Step> {
  const { rows } = await sql<{ number: number }>`
    update tickets
    set client_aliased_name = nullif(client_aliased_name, ${name}),
        client_emails = array_remove(client_emails, lower(${email})),
        ${touched}
    where account_id = ${account_id}
      and (client_aliased_name = ${name} or client_emails @> array[lower(${email})])
    returning number
  `.execute(tx);
  await sql`
    update comments
    set author_name = null
    where account_id = ${account_id} and is_client_author and author_name = ${name}
  `.execute(tx);
  for (const text of [name, email]) if (text !== null) await forgetName(tx, account_id, text);
  if (email !== null) await forgetInMerges(tx, account_id, email.toLowerCase());
  const named = `: ${JSON.stringify(user_id)}`; // as the value of a field
  await changeSavedPeople(tx, account_id, sql`replace(events.data::text, ${named}, ': null')::jsonb`);
  await forgetContacts(tx, account_id, user_id);
  const numbers = rows.map(({ number }) => number);
  await recordTouched(tx, account_id, numbers);
  return { removed: { people: 1, mentions_in_tickets: numbers.length }, blobs: [], isDone: true };
}

/** Removes them from what merges saved for undoing. */
async function forgetInMerges(tx: Tx, accountId: number, email: string) {
  const inJson = JSON.stringify(email).slice(1, -1);
  await sql`
    update tickets
    set before_merge = replace(before_merge::text, ${inJson}, '')::jsonb
    where account_id = ${accountId} and before_merge is not null and strpos(before_merge::text, ${inJson}) > 0
  `.execute(tx);
}

/** Removes them from the data of events, and from responses saved for retries. */
async function forgetName(tx: Tx, accountId: number, text: string) {
  const inJson = JSON.stringify(text).slice(1, -1);
  await sql`
    update events
    set data = replace(data::text, ${inJson}, '')::jsonb
    where account_id = ${accountId} and strpos(data::text, ${inJson}) > 0
  `.execute(tx);
  await changeSavedPeople(tx, accountId, sql`replace(events.data::text, ${inJson}, '')::jsonb`);
  await removeFromSavedResponses(tx, accountId, inJson);
}

/** Indexes tickets without what was erased, and records that they changed, so that clients reload them. */
async function recordTouched(tx: Tx, accountId: number, numbers: number[]) {
  await rewriteTickets(tx, accountId, numbers);
  const events = numbers.map((number) => ({ account_id: accountId, number }));
  await recordEach(tx, system, 'ticket.changed', events);
}
