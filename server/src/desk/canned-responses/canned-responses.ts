/** Canned responses: one's own, and those that an admin shares with everybody. */
import { isAdmin, type StaffActor, system } from '#actor.ts';
import { findTicket } from '#desk/tickets/find.ts';
import type { TicketRow } from '#desk/tickets/schema.ts';
import { wanted } from '#desk/tickets/wanted.ts';
import { checkTopic } from '#desk/topics/topics.ts';
import { forbidden, invalid, notFound } from '#errors.ts';
import { mapAccounts } from '#people/accounts/accounts.ts';
import type { Db, Tx } from '#platform/db/database.ts';
import { oneRow } from '#platform/db/one-row.ts';
import { record, recordEach } from '#platform/events/events.ts';
import type { Locale } from '#platform/locales.ts';
import { sql } from '#platform/sql.ts';
import { visibleTo } from '#visible.ts';
import { fill, placeholders, unknownPlaceholders } from './placeholders.ts';
import type { CannedResponse, CannedResponseChange, NewCannedResponse } from './schema.ts';

const MAX_RESPONSES = 500; // per member, and for all shared ones
const MAX_TEXT_BYTES = 2 * 1024 * 1024; // of all their texts: a list contains them all
const columns = sql.raw(`
  canned_response_id, title, shortcut, bodies, topic_key, staff_id is null as is_shared, use_count, last_used_at,
  created_at, updated_at
`);

export async function listCannedResponses(db: Db, actor: StaffActor): Promise<CannedResponse[]> {
  const { rows } = await sql<CannedResponse>`
    select ${columns}
    from canned_responses
    where ${visibleTo.cannedResponses(actor)}
    order by title, canned_response_id
  `.execute(db);
  return rows;
}

/** Adds one. Throws a 409 when its owner has another with this shortcut. */
export async function addCannedResponse(
  tx: Tx,
  actor: StaffActor,
  input: NewCannedResponse,
): Promise<CannedResponse> {
  const { title, shortcut, bodies, topic_key = null, is_shared = false } = input;
  if (is_shared) refuseSharing(actor);
  checkBodies(bodies);
  await checkTopic(tx, topic_key);
  const owner = is_shared ? null : actor.staffId;
  const { rows } = await sql<CannedResponse>`
    insert into canned_responses (staff_id, title, shortcut, bodies, topic_key)
    select ${owner}::bigint, ${title}, ${shortcut}, ${JSON.stringify(bodies)}, ${topic_key}
    where (
      select count(*) < ${MAX_RESPONSES} and coalesce(sum(octet_length(bodies::text)), 0) + ${sizeOf(bodies)} <= ${MAX_TEXT_BYTES}
      from canned_responses
      where staff_id is not distinct from ${owner}::bigint
    )
    returning ${columns}
  `.execute(tx);
  const [cannedResponse] = rows;
  if (!cannedResponse) throw tooMany();
  await record(tx, actor, 'canned_response.added', { data: cannedResponse });
  return cannedResponse;
}

const sizeOf = (bodies: CannedResponse['bodies']) => Buffer.byteLength(JSON.stringify(bodies));

const tooMany = () =>
  invalid(
    'too_many_canned_responses',
    `At most ${MAX_RESPONSES} canned responses with ${MAX_TEXT_BYTES / 1024 / 1024} MiB of text can be saved. Delete one first.`,
  );

export async function changeCannedResponse(
  tx: Tx,
  actor: StaffActor,
  replyId: number,
  change: CannedResponseChange,
): Promise<CannedResponse> {
  const before = await lockCannedResponse(tx, actor, replyId);
  if (change.bodies) checkBodies(change.bodies);
  if (change.topic_key) await checkTopic(tx, change.topic_key);
  const { title, shortcut, bodies, topic_key } = { ...before, ...change };
  const result = await sql<CannedResponse>`
    update canned_responses
    set title = ${title}, shortcut = ${shortcut}, bodies = ${JSON.stringify(bodies)}, topic_key = ${topic_key},
        updated_at = now()
    where canned_response_id = ${replyId}
      and (
        select coalesce(sum(octet_length(others.bodies::text)), 0) + ${sizeOf(bodies)} <= ${MAX_TEXT_BYTES}
        from canned_responses as others
        where others.staff_id is not distinct from canned_responses.staff_id
          and others.canned_response_id <> canned_responses.canned_response_id
      )
    returning ${columns}
  `.execute(tx);
  const [after] = result.rows;
  if (!after) throw tooMany();
  await record(tx, actor, 'canned_response.changed', {
    data: { canned_response_id: replyId, before, after },
  });
  return after;
}

/** Throws a 409 while an inactivity rule sends it. */
export async function deleteCannedResponse(
  tx: Tx,
  actor: StaffActor,
  replyId: number,
): Promise<CannedResponse> {
  const cannedResponse = await lockCannedResponse(tx, actor, replyId);
  await sql`delete from canned_responses where canned_response_id = ${replyId}`.execute(tx);
  await record(tx, actor, 'canned_response.deleted', { data: { before: cannedResponse } });
  return cannedResponse;
}

/** The text for this ticket, for the actor to edit and send. Writes nothing to the ticket. */
export async function useCannedResponse(tx: Tx, actor: StaffActor, replyId: number, ticketNumber: number) {
  const { bodies } = await findCannedResponse(tx, actor, replyId, sql`for update`);
  const ticket = await findTicket(tx, actor, ticketNumber);
  await recordUses(tx, actor, replyId, [ticket]);
  return fillFor(tx, ticket, bodies, actor.name);
}

/** Counts and records the use of a canned response, which the caller has locked, in each ticket. */
export async function recordUses(tx: Tx, actor: StaffActor, replyId: number, tickets: TicketRow[]) {
  await sql`
    update canned_responses
    set use_count = use_count + ${tickets.length}, last_used_at = now()
    where canned_response_id = ${replyId}
  `.execute(tx);
  const uses = tickets.map(({ account_id, number }) => ({
    account_id,
    data: { canned_response_id: replyId, ticket_number: number },
  }));
  await recordEach(tx, actor, 'canned_response.used', uses);
}

const MAX_COMMENT = 50_000; // code points, the maximum of a comment

type Bodies = CannedResponse['bodies'];

/** The text in the account's language, or in the only one it has. Without a name, it is signed as the support team. */
export async function fillFor(db: Db, ticket: TicketRow, bodies: Bodies, agentName?: string) {
  return oneRow({ rows: await fillForEach(db, [ticket], bodies, agentName) });
}

/** The same for many tickets, in their order. */
export async function fillForEach(db: Db, tickets: TicketRow[], bodies: Bodies, agentName?: string) {
  const accounts = await mapAccounts(
    db,
    system,
    tickets.map(({ account_id }) => account_id),
  );
  const writers = await mapWriters(db, tickets);
  return tickets.map((ticket) => {
    const account = accounts.get(ticket.account_id);
    if (!account) throw notFound('account');
    const other = account.locale === 'en' ? 'ru' : 'en';
    const locale: Locale = bodies[account.locale] === undefined ? other : account.locale;
    const body = fill(bodies[locale] ?? '', {
      client_name: writers.get(ticket.number) ?? ticket.client_aliased_name ?? account.name,
      ticket_number: String(ticket.number),
      ticket_summary: ticket.summary,
      agent_name: agentName ?? { en: 'Support', ru: 'Поддержка' }[locale],
      account_name: account.name,
    });
    return { body: [...body].slice(0, MAX_COMMENT).join(''), locale };
  });
}

/**
 * By ticket number, the person who wrote the client's last comment. None when it was a program, which has no name.
 */
async function mapWriters(db: Db, tickets: TicketRow[]): Promise<Map<number, string>> {
  const { rows } = await sql<{ number: number; name: string }>`
    select number, contacts.name
    from ${wanted(tickets)}
    cross join lateral (
      select user_id
      from comments
      where comments.account_id = wanted.account_id and ticket_number = wanted.number and is_client_author
      order by id desc
      limit 1
    ) as last_comment
    join contacts on contacts.account_id = wanted.account_id and contacts.user_id = last_comment.user_id
  `.execute(db);
  return new Map(rows.map(({ number, name }) => [number, name]));
}

/** A canned response that the actor may change, locked until the commit. */
async function lockCannedResponse(tx: Tx, actor: StaffActor, replyId: number): Promise<CannedResponse> {
  const cannedResponse = await findCannedResponse(tx, actor, replyId, sql`for update`);
  if (cannedResponse.is_shared) refuseSharing(actor);
  return cannedResponse;
}

/** With `lock`, locked until the commit. Throws a 404 for one that the actor cannot see. */
export async function findCannedResponse(
  db: Db,
  actor: StaffActor,
  replyId: number,
  lock = sql``,
): Promise<CannedResponse> {
  const { rows } = await sql<CannedResponse>`
    select ${columns}
    from canned_responses
    where canned_response_id = ${replyId} and ${visibleTo.cannedResponses(actor)}
    ${lock}
  `.execute(db);
  if (!rows[0]) throw notFound('canned response');
  return rows[0];
}

/** Throws unless the actor is an admin. */
function refuseSharing(actor: StaffActor) {
  if (!isAdmin(actor)) throw forbidden('Only admins can add, change or delete a shared canned response.');
}

function checkBodies(bodies: CannedResponse['bodies']) {
  const errors = Object.entries(bodies).flatMap(([locale, body]) =>
    unknownPlaceholders(body).map((name) => ({
      pointer: `/bodies/${locale}`,
      detail: `has {{${name}}}, which is not a placeholder`,
    })),
  );
  if (errors.length === 0) return;
  const known = placeholders.map((name) => `{{${name}}}`).join(', ');
  throw invalid('unknown_placeholder', `The placeholders are ${known}.`, errors.slice(0, 20));
}
