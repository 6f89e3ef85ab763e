/** The facts that each report counts: each has a ticket, a time `at`, and the staff member credited. */
import { type Sql, sql } from '#platform/sql.ts';
import type { ReportParameters } from './days.ts';
import type { ReportName } from './schema.ts';

type Facts = (parameters: ReportParameters) => Sql;

/** `credited` is the author of a reply; for everything else, the ticket's assignee. */
export const facts: Record<ReportName, Facts> = {
  volume: (parameters) => sql`
    select 'opened' as what, created_at as at, account_id, topic_key, assignee_id as credited
    from tickets
    where ${during(sql`created_at`, parameters)}
    union all
    select 'resolved', resolved_at, account_id, topic_key, assignee_id
    from tickets
    where ${during(sql`resolved_at`, parameters)} and ${changedSince(parameters)}
    union all
    select 'closed', closed_at, account_id, topic_key, assignee_id
    from tickets
    where ${during(sql`closed_at`, parameters)} and ${changedSince(parameters)}
    union all
    select case when comments.is_client_author then 'comments' else 'replies' end, sent_at,
      comments.account_id, topic_key,
      case when comments.is_client_author then assignee_id else comments.staff_id end
    from comments
    join tickets on tickets.account_id = comments.account_id and tickets.number = comments.ticket_number
    where ${during(sql`sent_at`, parameters)} and not is_internal and splitted_at is null
  `,
  first_response: (parameters) => sql`
    select first_response_at as at, account_id, topic_key, priority, ${firstReplier(parameters)} as credited,
      created_at as started_at, first_response_at as ended_at
    from tickets
    where ${during(sql`first_response_at`, parameters)} and ${changedSince(parameters)}
      and first_response_at >= created_at -- a split may take along a reply that was counted where it was given
  `,
  resolution: (parameters) => sql`
    select resolved_at as at, account_id, topic_key, priority, assignee_id as credited,
      created_at as started_at, resolved_at as ended_at
    from tickets
    where ${during(sql`resolved_at`, parameters)} and ${changedSince(parameters)}
  `,
  sla: (parameters) => sql`
    select 'first_response_met' as what, first_response_at as at, account_id, topic_key, assignee_id as credited
    from tickets
    where ${during(sql`first_response_at`, parameters)} and ${changedSince(parameters)}
      and first_response_due_at is not null and ${notBreached('first_response')}
    union all
    select 'resolution_met', resolved_at, account_id, topic_key, assignee_id
    from tickets
    where ${during(sql`resolved_at`, parameters)} and ${changedSince(parameters)}
      and resolution_due_at is not null and ${notBreached('resolution')}
    union all
    select case target when 'resolution' then 'resolution_missed' else 'first_response_missed' end,
      sla_alerts.due_at, sla_alerts.account_id, topic_key, assignee_id
    from sla_alerts
    join tickets on tickets.account_id = sla_alerts.account_id and tickets.number = sla_alerts.ticket_number
    where kind = 'breached' and ${during(sql`sla_alerts.due_at`, parameters)}
  `,
  backlog: (parameters) => sql`
    select created_at as at, account_id, topic_key, assignee_id as credited, is_resolved,
      now() - created_at as age
    from tickets
    where not is_closed and ${during(sql`created_at`, parameters)}
  `,
  votes: (parameters) => sql`
    select votes.created_at as at, votes.account_id, topic_key, comment_id, score,
      case when comment_id is null then assignee_id else comments.staff_id end as credited
    from votes
    join tickets on tickets.account_id = votes.account_id and tickets.number = votes.ticket_number
    left join comments on comments.account_id = votes.account_id and comments.id = votes.comment_id
    where ${during(sql`votes.created_at`, parameters)} and score is not null and deleted_at is null
  `,
};

/** Looked up only when needed: it costs another read per ticket. */
function firstReplier({ group_by, assignee_id }: ReportParameters): Sql {
  if (group_by !== 'assignee' && assignee_id === undefined) return sql`null::bigint`;
  return sql`(
    select staff_id
    from comments
    where comments.account_id = tickets.account_id
      and comments.ticket_number = tickets.number
      and not comments.is_client_author
      and not is_internal
      and staff_id is not null
      and sent_at >= tickets.created_at
    order by id
    limit 1
  )`;
}

const notBreached = (target: string) => sql`
  not exists (
    select
    from sla_alerts
    where sla_alerts.account_id = tickets.account_id
      and sla_alerts.ticket_number = tickets.number
      and target = ${target}
      and kind = 'breached'
  )
`;

/** From the start of the first day to the end of the last, in the report's time zone. */
const during = (time: Sql, { from, to, time_zone }: ReportParameters) => sql`
  ${time} >= ${from}::timestamp at time zone ${time_zone}
  and ${time} < (${to}::date + 1)::timestamp at time zone ${time_zone}
`;

/** Implied by the time of the fact; stated so that PostgreSQL can use the queue's index. */
const changedSince = ({ from, time_zone }: ReportParameters) =>
  sql`updated_at >= ${from}::timestamp at time zone ${time_zone}`;
