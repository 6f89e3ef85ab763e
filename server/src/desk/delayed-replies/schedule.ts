/** Replies that wait a moment before they are sent, so that their author can undo sending. */
import type { StaffActor } from '#actor.ts';
import { findUploads } from '#desk/files/attach.ts';
import type { FileRow } from '#desk/files/schema.ts';
import { lockToWrite } from '#desk/tickets/comments/add.ts';
import type { Writing } from '#desk/tickets/comments/write.ts';
import type { ExpectedVersion } from '#desk/tickets/find.ts';
import { type ApiError, conflict, notFound } from '#errors.ts';
import type { Tx } from '#platform/db/database.ts';
import { jsonTime } from '#platform/db/json-time.ts';
import { oneRow } from '#platform/db/one-row.ts';
import { record, recordingEach } from '#platform/events/events.ts';
import { sql } from '#platform/sql.ts';
import { visibleTo } from '#visible.ts';
import type { DelayedReply, NewDelayedReply } from './schema.ts';

/** The maximum number of delayed replies shown with a ticket. */
const MAX_SHOWN = 20;

/** SQL for the JSON of a ticket's delayed replies, in the order of sending. */
export const delayedRepliesOn = (
  actor: StaffActor,
  { account_id, number }: { account_id: number; number: number },
) => sql`
  select coalesce(jsonb_agg(${delayedReply} order by send_at, delayed_reply_id), '[]')
  from (
    select *
    from delayed_replies
    where account_id = ${account_id}
      and ticket_number = ${number}
      and outcome is null
      and ${visibleTo.inProgress(actor)}
    order by send_at, delayed_reply_id
    limit ${MAX_SHOWN}
  ) as delayed_replies
  join staff on staff.staff_id = delayed_replies.staff_id
`;

/** Refuses what could not be sent now. It is checked again when it is due. */
export async function delayReply(
  tx: Tx,
  actor: StaffActor,
  number: number,
  { body, files = [], ...input }: NewDelayedReply,
  expected?: ExpectedVersion,
): Promise<DelayedReply> {
  const ticket = await lockToWrite(tx, actor, number, { body, ...input }, expected);
  const uploads = await findUploads(tx, { account_id: ticket.account_id, ticket_number: number }, files);
  return oneRow({ rows: await delayEach(tx, actor, [{ ticket, body }], { ...input, uploads }) });
}

interface Delaying extends Omit<NewDelayedReply, 'body' | 'files'> {
  uploads?: FileRow[];
}

/** The same for many tickets, which the caller has locked and which accept the replies. */
export async function delayEach(
  tx: Tx,
  actor: StaffActor,
  writings: Writing[],
  { internal = false, status_key, mentions = [], last_comment_id, delay_seconds, uploads = [] }: Delaying,
): Promise<DelayedReply[]> {
  const rows = writings.map(({ ticket: { account_id, number }, body }) => ({ account_id, number, body }));
  const result = await sql<{ delayed: DelayedReply }>`
    with delayed_replies as (
      insert into delayed_replies (
        account_id, ticket_number, staff_id, token_id, body, is_internal, status_key, files, mentions,
        last_comment_id, created_at, send_at
      )
      select
        account_id, number, ${actor.staffId}, ${actor.tokenId}::bigint, body, ${internal}, ${status_key ?? null},
        ${JSON.stringify(uploads)}::jsonb, ${mentions}::bigint[], ${last_comment_id ?? null}::bigint,
        clock_timestamp(), clock_timestamp() + make_interval(secs => ${delay_seconds})
      from jsonb_to_recordset(${JSON.stringify(rows)}) as wanted (account_id bigint, number bigint, body text)
      order by account_id, number
      returning *
    ), event as (${recordingEach(
      actor,
      'delayed_reply.scheduled',
      sql`(
        select account_id, ticket_number as number, jsonb_build_object(
          'delayed_reply_id', delayed_reply_id, 'send_at', ${jsonTime('send_at')}
        ) as data
        from delayed_replies
        order by delayed_reply_id
      ) as scheduled`,
    )})
    select ${delayedReply} as delayed
    from delayed_replies
    join staff on staff.staff_id = delayed_replies.staff_id
  `.execute(tx);
  return result.rows.map(({ delayed }) => delayed);
}

/** Cancels one's own delayed reply and returns it. A draft on the ticket is left alone. */
export async function cancelDelayedReply(tx: Tx, actor: StaffActor, id: number): Promise<DelayedReply> {
  const { rows } = await sql<{ account_id: number; delayed: DelayedReply }>`
    delete from delayed_replies
    using staff
    where delayed_reply_id = ${id}
      and delayed_replies.staff_id = ${actor.staffId}
      and staff.staff_id = delayed_replies.staff_id
      and outcome is null
    returning account_id, ${delayedReply} as delayed
  `.execute(tx);
  const [cancelled] = rows;
  if (!cancelled) throw await whyNot(tx, actor, id);
  const { account_id, delayed } = cancelled;
  const { ticket_number: number, delayed_reply_id } = delayed;
  await record(tx, actor, 'delayed_reply.cancelled', { account_id, number, data: { delayed_reply_id } });
  return delayed;
}

/** For the undo of a bulk change: returns the ids of the replies that have not been, and never will be, sent. */
export async function cancelUnsent(
  tx: Tx,
  actor: StaffActor,
  replies: Array<{ account_id: number; id: number }>,
): Promise<Set<number>> {
  if (replies.length === 0) return new Set();
  const wanted = sql`
    unnest(
      ${replies.map(({ account_id }) => account_id)}::bigint[], ${replies.map(({ id }) => id)}::bigint[]
    ) as wanted (account_id, id)
  `;
  await sql`
    with cancelled as (
      delete from delayed_replies
      using ${wanted}
      where delayed_replies.account_id = wanted.account_id and delayed_reply_id = wanted.id and outcome is null
      returning wanted.account_id, ticket_number as number, jsonb_build_object('delayed_reply_id', wanted.id) as data
    )
    ${recordingEach(actor, 'delayed_reply.cancelled', sql`(select * from cancelled order by account_id, number) as cancelled`)}
  `.execute(tx);
  const { rows } = await sql<{ id: number }>`
    select wanted.id
    from ${wanted}
    where not exists (
      select
      from delayed_replies
      where delayed_replies.account_id = wanted.account_id and delayed_reply_id = wanted.id and outcome = 'sent'
    )
  `.execute(tx);
  return new Set(rows.map(({ id }) => id));
}

const delayedReply = sql`
  jsonb_build_object(
    'delayed_reply_id', delayed_reply_id, 'ticket_number', ticket_number, 'staff_id', delayed_replies.staff_id,
    'staff_name', staff.name, 'body', body, 'is_internal', is_internal, 'status_key', status_key, 'files', files,
    'mentions', mentions, 'last_comment_id', last_comment_id,
    'created_at', ${jsonTime('delayed_replies.created_at')}, 'send_at', ${jsonTime('send_at')}
  )
`;

async function whyNot(tx: Tx, { staffId }: StaffActor, id: number): Promise<ApiError> {
  const { rows } = await sql<{ outcome: 'sent' | 'stopped' }>`
    select outcome
    from delayed_replies
    where delayed_reply_id = ${id} and staff_id = ${staffId} and outcome is not null
  `.execute(tx);
  if (!rows[0]) return notFound('delayed reply');
  return rows[0].outcome === 'sent'
    ? conflict('reply_sent', 'The reply was sent and can no longer be cancelled.')
    : conflict('reply_stopped', 'The reply was not sent. It is in your draft.');
}
