/** What a team has done, in the viewer's days. */
import { type RawBuilder, sql } from 'kysely';
import { anyOf, listOf } from '../db/any-of.ts';
import type { Db } from '../db/database.ts';
import { invalid } from '../errors.ts';
import { DAY_MS, isTimeZone } from '../sla/zone.ts';
import { figures, type ReportName, type ReportQuery, type ReportRow } from './schema.ts';

type Asked = Required<Pick<ReportQuery, 'from' | 'to'>> & ReportQuery;

export async function report(db: Db, name: ReportName, query: ReportQuery) {
  const asked = withDays(query);
  const { from, to, time_zone, group_by } = asked;
  const { rows } = await sql<ReportRow>`
    with facts as (${facts[name](asked)}),
    grouped as (
      select ${groupOf(asked)} as "group", ${summaries[name]}
      from facts
      where ${wanted(asked)}
      group by 1
    )
    select grouped.*, ${nameOf(asked)} as name
    from grouped
    order by "group" nulls last
  `.execute(db);
  return { report: name, from, to, time_zone, group_by, items: complete(name, asked, rows) };
}

/** Every fact is of a ticket, and of a moment `at`. */
const facts: Record<ReportName, (asked: Asked) => RawBuilder<unknown>> = {
  volume: (asked) => sql`
    select 'opened' as what, created_at as at, topic_key, assignee_id
    from tickets
    where ${during(sql`created_at`, asked)}
    union all
    select 'resolved', resolved_at, topic_key, assignee_id
    from tickets
    where ${during(sql`resolved_at`, asked)} and ${changedSince(asked)}
    union all
    select 'closed', closed_at, topic_key, assignee_id
    from tickets
    where ${during(sql`closed_at`, asked)} and ${changedSince(asked)}
    union all
    select case when comments.is_client_author then 'comments' else 'answers' end, sent_at, topic_key, assignee_id
    from comments
    join tickets on tickets.account_id = comments.account_id and tickets.number = comments.ticket_number
    where ${during(sql`sent_at`, asked)} and not is_internal and splitted_at is null
  `,
  first_answer: (asked) => sql`
    select first_answered_at as at, topic_key, assignee_id,
      extract(epoch from first_answered_at - created_at)::float8 as seconds
    from tickets
    where ${during(sql`first_answered_at`, asked)} and ${changedSince(asked)}
      and first_answered_at >= created_at -- a split may take along an answer that was counted where it was given
  `,
  resolution: (asked) => sql`
    select resolved_at as at, topic_key, assignee_id,
      extract(epoch from resolved_at - created_at)::float8 as seconds
    from tickets
    where ${during(sql`resolved_at`, asked)} and ${changedSince(asked)}
  `,
  backlog: (asked) => sql`
    select created_at as at, topic_key, assignee_id, now() - created_at as age
    from tickets
    where not is_closed and ${during(sql`created_at`, asked)}
  `,
  votes: (asked) => sql`
    select votes.created_at as at, topic_key, assignee_id, comment_id, score
    from votes
    join tickets on tickets.account_id = votes.account_id and tickets.number = votes.ticket_number
    where ${during(sql`votes.created_at`, asked)} and score is not null
  `,
};

const spans = sql.raw(`
  count(*) as tickets,
  percentile_cont(0.5) within group (order by seconds) as median_seconds,
  percentile_cont(0.9) within group (order by seconds) as p90_seconds
`);

const summaries: Record<ReportName, RawBuilder<unknown>> = {
  volume: sql.join(
    Object.keys(figures.volume).map(
      (what) => sql`count(*) filter (where what = ${sql.lit(what)}) as ${sql.id(what)}`,
    ),
  ),
  first_answer: spans,
  resolution: spans,
  backlog: sql.raw(`
    count(*) as open,
    count(*) filter (where age < interval '1 day') as under_1_day,
    count(*) filter (where age >= interval '1 day' and age < interval '3 days') as under_3_days,
    count(*) filter (where age >= interval '3 days' and age < interval '7 days') as under_7_days,
    count(*) filter (where age >= interval '7 days' and age < interval '30 days') as under_30_days,
    count(*) filter (where age >= interval '30 days') as older
  `),
  votes: sql.raw(`
    count(*) filter (where comment_id is null) as votes,
    (avg(score) filter (where comment_id is null))::float8 as average,
    count(*) filter (where comment_id is null and score >= 9) as good,
    count(*) filter (where comment_id is null and score <= 6) as bad,
    count(*) filter (where comment_id is not null and score = 1) as comments_up,
    count(*) filter (where comment_id is not null and score = -1) as comments_down
  `),
};

/** From the beginning of the first day to the end of the last, as clocks in that zone show them. */
const during = (time: RawBuilder<unknown>, { from, to, time_zone }: Asked) => sql`
  ${time} >= ${from}::timestamp at time zone ${time_zone}
  and ${time} < (${to}::date + 1)::timestamp at time zone ${time_zone}
`;

/** True of what happened in that time anyway; said for the index of the queue. */
const changedSince = ({ from, time_zone }: Asked) =>
  sql`updated_at >= ${from}::timestamp at time zone ${time_zone}`;

function groupOf({ group_by, time_zone }: Asked): RawBuilder<unknown> {
  if (group_by === 'day') return sql`to_char(at at time zone ${time_zone}, 'YYYY-MM-DD')`;
  if (group_by === 'topic') return sql`topic_key`;
  return group_by === 'assignee' ? sql`assignee_id::text` : sql`null::text`;
}

function nameOf({ group_by }: Asked): RawBuilder<unknown> {
  if (group_by === 'topic') return sql`(select name ->> 'en' from topics where key = "group")`;
  return group_by === 'assignee' ? sql`(select name from staff where staff_id = "group"::bigint)` : sql`null`;
}

function wanted({ topic_key, assignee_id }: Asked): RawBuilder<unknown> {
  return sql`
    ${topic_key === undefined ? sql`true` : anyOf('topic_key', listOf(topic_key))}
    and ${assignee_id === undefined ? sql`true` : anyOf('assignee_id', listOf(assignee_id), 'bigint')}
  `;
}

/** Days on which nothing happened are there as well, and a report of nothing has its one row. */
function complete(name: ReportName, { group_by, from, to }: Asked, rows: ReportRow[]): ReportRow[] {
  const groups = group_by === 'day' ? daysOf(from, to) : group_by === 'none' ? [null] : undefined;
  if (!groups) return rows;
  const nothing = Object.fromEntries(
    Object.keys(figures[name]).map((figure) => [figure, /seconds$|average/.test(figure) ? null : 0]),
  );
  return groups.map((group) => rows.find((row) => row.group === group) ?? { group, name: null, ...nothing });
}

const MAX_DAYS = 1100;
const dayOf = (ms: number) => new Date(ms).toISOString().slice(0, 10);

function daysOf(from: string, to: string): string[] {
  const days = (Date.parse(to) - Date.parse(from)) / DAY_MS + 1;
  return Array.from({ length: days }, (_, i) => dayOf(Date.parse(from) + i * DAY_MS));
}

function withDays(query: ReportQuery): Asked {
  const { time_zone } = query;
  if (!isTimeZone(time_zone))
    throw refusal('time_zone', 'is not a time zone of the IANA database, such as Europe/Berlin');
  const to = query.to ?? new Intl.DateTimeFormat('sv', { timeZone: time_zone, dateStyle: 'short' }).format();
  if (!isDay(to)) throw refusal('to', 'is not a day of the calendar');
  const from = query.from ?? dayOf(Date.parse(to) - 29 * DAY_MS);
  if (!isDay(from)) throw refusal('from', 'is not a day of the calendar');
  if (from > to) throw refusal('from', 'is after the last day');
  if (Date.parse(to) - Date.parse(from) > MAX_DAYS * DAY_MS)
    throw refusal('from', `is more than ${MAX_DAYS} days before the last day`);
  return { ...query, from, to };
}

const isDay = (day: string) => !Number.isNaN(Date.parse(day)) && dayOf(Date.parse(day)) === day;

const refusal = (pointer: string, detail: string) =>
  invalid('invalid_report', 'There is no such report: see errors.', [{ pointer, detail }]);
