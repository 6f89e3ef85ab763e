/** Answers that wait a moment before they are sent, so that their author can take them back. */
import { sql } from 'kysely';
import type { StaffActor } from '../actor.ts';
import { lockToWrite } from '../comments/add.ts';
import type { Tx } from '../db/database.ts';
import { jsonTime } from '../db/json-time.ts';
import { onlyRow } from '../db/only-row.ts';
import { type ApiError, conflict, notFound } from '../errors.ts';
import { record } from '../events/events.ts';
import { findUploads } from '../files/attach.ts';
import type { ExpectedVersion } from '../tickets/find.ts';
import { visibleTo } from '../visible.ts';
import type { HeldAnswer, NewHeldAnswer } from './schema.ts';

/** How many of a ticket's delayed replies its readers see. */
const SHOWN = 20;

/** SQL that gives as JSON what is about to be sent on a ticket, the next one first. */
export const heldAnswersOn = (
  actor: StaffActor,
  { account_id, number }: { account_id: number; number: number },
) => sql`
  select coalesce(jsonb_agg(${heldAnswer} order by send_at, held_answer_id), '[]')
  from (
    select *
    from held_answers
    where account_id = ${account_id}
      and ticket_number = ${number}
      and outcome is null
      and ${visibleTo.underWay(actor)}
    order by send_at, held_answer_id
    limit ${SHOWN}
  ) as held_answers
  join staff on staff.staff_id = held_answers.staff_id
`;

/** Refuses what could not be sent now; it is checked again when its time has come. */
export async function holdAnswer(
  tx: Tx,
  actor: StaffActor,
  number: number,
  input: NewHeldAnswer,
  expected?: ExpectedVersion,
): Promise<HeldAnswer> {
  const { account_id } = await lockToWrite(tx, actor, number, input, expected);
  const { body, internal = false, status_key = null, files = [], mentions = [] } = input;
  const uploads = await findUploads(tx, { account_id, ticket_number: number }, files);
  const result = await sql<{ held: HeldAnswer }>`
    with held_answers as (
      insert into held_answers (
        account_id, ticket_number, staff_id, token_id, body, is_internal, status_key, files, mentions,
        last_comment_id, created_at, send_at
      )
      values (
        ${account_id}, ${number}, ${actor.staffId}, ${actor.tokenId}, ${body}, ${internal}, ${status_key},
        ${JSON.stringify(uploads)}, ${mentions}::bigint[], ${input.last_comment_id ?? null},
        clock_timestamp(), clock_timestamp() + make_interval(secs => ${input.delay_seconds})
      )
      returning *
    )
    select ${heldAnswer} as held
    from held_answers
    join staff on staff.staff_id = held_answers.staff_id
  `.execute(tx);
  const { held } = onlyRow(result);
  const { held_answer_id, send_at } = held;
  await record(tx, actor, 'answer.held', { account_id, number, data: { held_answer_id, send_at } });
  return held;
}

/** Takes back one's own answer; returns what would have been sent. A draft of it is left alone. */
export async function cancelHeldAnswer(tx: Tx, actor: StaffActor, id: number): Promise<HeldAnswer> {
  const { rows } = await sql<{ account_id: number; held: HeldAnswer }>`
    delete from held_answers
    using staff
    where held_answer_id = ${id}
      and held_answers.staff_id = ${actor.staffId}
      and staff.staff_id = held_answers.staff_id
      and outcome is null
    returning account_id, ${heldAnswer} as held
  `.execute(tx);
  const [cancelled] = rows;
  if (!cancelled) throw await whyNot(tx, actor, id);
  const { account_id, held } = cancelled;
  const { ticket_number: number, held_answer_id } = held;
  await record(tx, actor, 'answer.cancelled', { account_id, number, data: { held_answer_id } });
  return held;
}

/** For whoever undoes what it was a part of: true when it is not, and never will be, sent. */
export async function cancelUnsent(
  tx: Tx,
  actor: StaffActor,
  accountId: number,
  id: number,
): Promise<boolean> {
  const { rows } = await sql<{ number: number }>`
    delete from held_answers
    where account_id = ${accountId} and held_answer_id = ${id} and outcome is null
    returning ticket_number as number
  `.execute(tx);
  for (const { number } of rows) {
    await record(tx, actor, 'answer.cancelled', {
      account_id: accountId,
      number,
      data: { held_answer_id: id },
    });
  }
  const { rows: sent } = await sql`
    select
    from held_answers
    where account_id = ${accountId} and held_answer_id = ${id} and outcome = 'sent'
  `.execute(tx);
  return sent.length === 0;
}

const heldAnswer = sql`
  jsonb_build_object(
    'held_answer_id', held_answer_id, 'ticket_number', ticket_number, 'staff_id', held_answers.staff_id,
    'staff_name', staff.name, 'body', body, 'is_internal', is_internal, 'status_key', status_key, 'files', files,
    'mentions', mentions, 'last_comment_id', last_comment_id,
    'created_at', ${jsonTime('held_answers.created_at')}, 'send_at', ${jsonTime('send_at')}
  )
`;

async function whyNot(tx: Tx, { staffId }: StaffActor, id: number): Promise<ApiError> {
  const { rows } = await sql<{ outcome: 'sent' | 'stopped' }>`
    select outcome
    from held_answers
    where held_answer_id = ${id} and staff_id = ${staffId} and outcome is not null
  `.execute(tx);
  if (!rows[0]) return notFound('held answer');
  return rows[0].outcome === 'sent'
    ? conflict('answer_sent', 'It has been sent and can no longer be cancelled.')
    : conflict('answer_stopped', 'It was not sent; it is in your draft.');
}
