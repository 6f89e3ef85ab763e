/** Ready answers: one's own, and those that an admin shares with everybody. */
import { type RawBuilder, sql } from 'kysely';
import { findAccount } from '../accounts/accounts.ts';
import { type StaffActor, system } from '../actor.ts';
import type { Db, Tx } from '../db/database.ts';
import { onlyRow } from '../db/only-row.ts';
import type { Locale } from '../db/schema.ts';
import { forbidden, invalid, notFound } from '../errors.ts';
import { recordDesk } from '../events/events.ts';
import { findTicket } from '../tickets/find.ts';
import type { TicketRow } from '../tickets/schema.ts';
import { checkTopic } from '../topics/topics.ts';
import { visibleTo } from '../visible.ts';
import { fill, placeholders, unknownIn } from './placeholders.ts';
import type { CannedAnswer, CannedAnswerChange, NewCannedAnswer } from './schema.ts';

export async function listCannedAnswers(db: Db, actor: StaffActor): Promise<CannedAnswer[]> {
  const { rows } = await select(db, actor, sql`true`);
  return rows;
}

/** Adds one; a 409 when its shortcut is taken among those of the same owner. */
export async function addCannedAnswer(
  tx: Tx,
  actor: StaffActor,
  input: NewCannedAnswer,
): Promise<CannedAnswer> {
  const { title, shortcut, bodies, topic_key = null, is_shared = false } = input;
  if (is_shared) mayShare(actor);
  checkBodies(bodies);
  await checkTopic(tx, topic_key);
  const { canned_answer_id } = onlyRow(
    await sql<{ canned_answer_id: number }>`
      insert into canned_answers (staff_id, title, shortcut, bodies, topic_key)
      values (${is_shared ? null : actor.staffId}, ${title}, ${shortcut}, ${JSON.stringify(bodies)}, ${topic_key})
      returning canned_answer_id
    `.execute(tx),
  );
  await recordDesk(tx, actor, 'canned_answer.added', { canned_answer_id, ...input });
  return findCannedAnswer(tx, actor, canned_answer_id);
}

export async function changeCannedAnswer(
  tx: Tx,
  actor: StaffActor,
  answerId: number,
  change: CannedAnswerChange,
): Promise<CannedAnswer> {
  const before = await findCannedAnswer(tx, actor, answerId);
  if (before.is_shared) mayShare(actor);
  if (change.bodies) checkBodies(change.bodies);
  if (change.topic_key) await checkTopic(tx, change.topic_key);
  const { title, shortcut, bodies, topic_key } = { ...before, ...change };
  await sql`
    update canned_answers
    set title = ${title}, shortcut = ${shortcut}, bodies = ${JSON.stringify(bodies)}, topic_key = ${topic_key},
        updated_at = now()
    where canned_answer_id = ${answerId}
  `.execute(tx);
  const after = await findCannedAnswer(tx, actor, answerId);
  await recordDesk(tx, actor, 'canned_answer.changed', { canned_answer_id: answerId, before, after });
  return after;
}

/** A 409 while a rule for silent tickets sends it. */
export async function deleteCannedAnswer(tx: Tx, actor: StaffActor, answerId: number): Promise<CannedAnswer> {
  const answer = await findCannedAnswer(tx, actor, answerId);
  if (answer.is_shared) mayShare(actor);
  await sql`delete from canned_answers where canned_answer_id = ${answerId}`.execute(tx);
  await recordDesk(tx, actor, 'canned_answer.deleted', { before: answer });
  return answer;
}

/** The text for this ticket, to be edited and sent by the actor. Writes nothing into the ticket. */
export async function useCannedAnswer(tx: Tx, actor: StaffActor, answerId: number, ticketNumber: number) {
  const { bodies } = await findCannedAnswer(tx, actor, answerId);
  const ticket = await findTicket(tx, actor, ticketNumber);
  await sql`
    update canned_answers
    set use_count = use_count + 1, last_used_at = now()
    where canned_answer_id = ${answerId}
  `.execute(tx);
  const data = { canned_answer_id: answerId, ticket_number: ticketNumber };
  await recordDesk(tx, actor, 'canned_answer.used', data, ticket.account_id);
  return fillFor(tx, ticket, bodies, actor.name);
}

const MAX_COMMENT = 50_000; // code points, as a comment's

/** The text in the account's language, or in the one that there is. Without a name, support speaks as a whole. */
export async function fillFor(db: Db, ticket: TicketRow, bodies: CannedAnswer['bodies'], agentName?: string) {
  const account = await findAccount(db, system, ticket.account_id);
  const other = account.locale === 'en' ? 'ru' : 'en';
  const locale: Locale = bodies[account.locale] === undefined ? other : account.locale;
  const body = fill(bodies[locale] ?? '', {
    client_name: ticket.client_aliased_name ?? account.name,
    ticket_number: String(ticket.number),
    ticket_summary: ticket.summary,
    agent_name: agentName ?? { en: 'Support', ru: 'Поддержка' }[locale],
    account_name: account.name,
  });
  return { body: [...body].slice(0, MAX_COMMENT).join(''), locale };
}

async function findCannedAnswer(db: Db, actor: StaffActor, answerId: number): Promise<CannedAnswer> {
  const { rows } = await select(db, actor, sql`canned_answer_id = ${answerId}`);
  if (!rows[0]) throw notFound('canned answer');
  return rows[0];
}

const select = (db: Db, actor: StaffActor, condition: RawBuilder<unknown>) =>
  sql<CannedAnswer>`
    select canned_answer_id, title, shortcut, bodies, topic_key, staff_id is null as is_shared, use_count,
      last_used_at, created_at, updated_at
    from canned_answers
    where ${condition} and ${visibleTo.cannedAnswers(actor)}
    order by title, canned_answer_id
  `.execute(db);

function mayShare({ role }: StaffActor) {
  if (role !== 'admin')
    throw forbidden('A ready answer that all staff share is for staff with the role admin.');
}

function checkBodies(bodies: CannedAnswer['bodies']) {
  const errors = Object.entries(bodies).flatMap(([locale, body]) =>
    unknownIn(body).map((name) => ({
      pointer: `/bodies/${locale}`,
      detail: `has {{${name}}}, which is no placeholder`,
    })),
  );
  if (errors.length === 0) return;
  const known = placeholders.map((name) => `{{${name}}}`).join(', ');
  throw invalid('unknown_placeholder', `The placeholders are ${known}.`, errors.slice(0, 20));
}
