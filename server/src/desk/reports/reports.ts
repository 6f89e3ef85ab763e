/** Reports: what a team has done, in the viewer's time zone. */
import type { Db } from '#platform/db/database.ts';
import { equalsAny, splitList } from '#platform/db/equals-any.ts';
import { type Sql, sql } from '#platform/sql.ts';
import { businessSeconds, type Stretch } from './business.ts';
import { invalidReport, isPeriod, periods, periodsOf, type ReportParameters, withDays } from './days.ts';
import { facts } from './facts.ts';
import { figures, isMeasure, type ReportName, type ReportQuery, type ReportRow } from './schema.ts';

/** Limits the rows of an unbounded grouping. */
const MAX_ACCOUNTS = 1000;
/** Limits the times that are measured in business hours by this process. */
const MAX_STRETCHES = 20_000;

export async function report(db: Db, name: ReportName, query: ReportQuery) {
  const parameters = withDays(query);
  const { from, to, time_zone, group_by, hours, calendar_id } = parameters;
  const isInBusinessHours = hours === 'business' || calendar_id !== undefined;
  const grouped = isInBusinessHours
    ? await groupsInBusinessHours(db, name, parameters)
    : sql`
      select ${groupOf(parameters)} as "group", ${summaries[name]}
      from (${facts[name](parameters)}) as facts
      where ${filterConditions(parameters)}
      group by 1
    `;
  const rows = await refuseIfTooSlow(
    sql<ReportRow>`
      with grouped as (${grouped})
      select grouped.*, ${nameOf(parameters)} as name
      from grouped
      order by ${group_by === 'account' ? sql`${sql.id(mainFigure(name))} desc nulls last,` : sql``} "group" nulls last
      limit ${group_by === 'account' ? MAX_ACCOUNTS : null}
    `,
    db,
  );
  return { report: name, from, to, time_zone, group_by, items: addEmptyPeriods(name, parameters, rows) };
}

async function groupsInBusinessHours(db: Db, name: ReportName, parameters: ReportParameters) {
  const rows = await refuseIfTooSlow(
    sql<Stretch & { group: string | null }>`
      select ${groupOf(parameters)} as "group", topic_key, priority,
        ${ms('started_at')} as started, ${ms('ended_at')} as ended
      from (${facts[name](parameters)}) as facts
      where ${filterConditions(parameters)}
      limit ${MAX_STRETCHES + 1}
    `,
    db,
  );
  if (rows.length > MAX_STRETCHES)
    throw invalidReport('from', `has more than ${MAX_STRETCHES} tickets to count in business hours`);
  const seconds = await businessSeconds(db, parameters.calendar_id, rows);
  return sql`
    select "group", ${inSeconds(sql`seconds`)}
    from unnest(${rows.map(({ group }) => group)}::text[], ${seconds}::float8[]) as counted ("group", seconds)
    group by 1
  `;
}

const ms = (time: string) => sql.raw(`(extract(epoch from ${time}) * 1000)::float8`);

/** A cancelled statement is no fault of the database here: the span is too long. */
async function refuseIfTooSlow<T>(statement: Sql<T>, db: Db): Promise<T[]> {
  try {
    return (await statement.execute(db)).rows;
  } catch (error) {
    if ((error as { code?: string }).code !== '57014') throw error; // pg's errors may have a code
    throw invalidReport('from', 'takes too long to count: ask for fewer days or one topic');
  }
}

const inSeconds = (seconds: Sql) => sql`
  count(*) as tickets,
  percentile_cont(0.5) within group (order by ${seconds}) as median_seconds,
  percentile_cont(0.9) within group (order by ${seconds}) as p90_seconds
`;
const spans = inSeconds(sql`extract(epoch from ended_at - started_at)::float8`);

const summaries: Record<ReportName, Sql> = {
  volume: countEach(Object.keys(figures.volume)),
  first_response: spans,
  resolution: spans,
  sla: sql`
    ${countEach(['first_response_met', 'first_response_missed'])},
    ${shareOf('first_response')} as first_response_share,
    ${countEach(['resolution_met', 'resolution_missed'])},
    ${shareOf('resolution')} as resolution_share
  `,
  backlog: sql.raw(`
    count(*) filter (where not is_resolved) as open,
    count(*) filter (where not is_resolved and age < interval '1 day') as under_1_day,
    count(*) filter (where not is_resolved and age >= interval '1 day' and age < interval '3 days') as under_3_days,
    count(*) filter (where not is_resolved and age >= interval '3 days' and age < interval '7 days') as under_7_days,
    count(*) filter (where not is_resolved and age >= interval '7 days' and age < interval '30 days') as under_30_days,
    count(*) filter (where not is_resolved and age >= interval '30 days') as older,
    count(*) filter (where is_resolved) as resolved
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

function countEach(names: string[]): Sql {
  return sql.join(
    names.map((what) => sql`count(*) filter (where what = ${sql.lit(what)}) as ${sql.id(what)}`),
  );
}

/** The share of targets met among those met or missed; null when there were none. */
function shareOf(target: string): Sql {
  const [met, missed] = [sql.lit(`${target}_met`), sql.lit(`${target}_missed`)];
  return sql`avg(case what when ${met} then 1 when ${missed} then 0 end)::float8`;
}

function groupOf({ group_by, time_zone }: ReportParameters): Sql {
  if (isPeriod(group_by))
    return sql`to_char(at at time zone ${time_zone}, ${sql.lit(periods[group_by].format)})`;
  if (group_by === 'topic') return sql`topic_key`;
  if (group_by === 'account') return sql`account_id::text`;
  return group_by === 'assignee' ? sql`credited::text` : sql`null::text`;
}

function nameOf({ group_by }: ReportParameters): Sql {
  if (group_by === 'topic') return sql`(select name ->> 'en' from topics where key = "group")`;
  if (group_by === 'account') return sql`(select name from accounts where account_id = "group"::bigint)`;
  return group_by === 'assignee' ? sql`(select name from staff where staff_id = "group"::bigint)` : sql`null`;
}

function filterConditions({ topic_key, assignee_id }: ReportParameters): Sql {
  return sql`
    ${topic_key === undefined ? sql`true` : equalsAny('topic_key', splitList(topic_key))}
    and ${assignee_id === undefined ? sql`true` : equalsAny('credited', splitList(assignee_id), 'bigint')}
  `;
}

const mainFigure = (name: ReportName) => Object.keys(figures[name])[0] ?? '';

/** Adds the periods in which nothing happened. An ungrouped report always has its one row. */
function addEmptyPeriods(name: ReportName, parameters: ReportParameters, rows: ReportRow[]): ReportRow[] {
  const groups = parameters.group_by === 'none' ? [null] : periodsOf(parameters);
  if (!groups) return rows;
  const nothing = Object.fromEntries(
    Object.keys(figures[name]).map((figure) => [figure, isMeasure(figure) ? null : 0]),
  );
  const known = new Map(rows.map((row) => [row.group, row]));
  return groups.map((group) => known.get(group) ?? { group, name: null, ...nothing });
}
