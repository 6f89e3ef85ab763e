-- Every statement of this folder as PostgreSQL gets it, each with the hash of its template and of the templates
-- within it. Written by "npm run statements"; server/test/statements.test.ts holds code and database against it.

--- desk/notifications/follow.ts 24619ba86f bc7ff4dfd3
with given as (
  select *
  from jsonb_to_recordset($1) as given (
    account_id bigint, number bigint, reason text, staff_id bigint, comment_id bigint, by_staff_id bigint,
    created_at timestamptz, event_id bigint
  )
), added as (
  insert into notifications (
    account_id, ticket_number, staff_id, reason, comment_id, by_staff_id, created_at
  )
  select account_id, number, staff.staff_id, reason, comment_id, by_staff_id, given.created_at
  from given
  join tickets using (account_id, number)
  join staff on staff.staff_id = case reason when 'replied' then assignee_id else given.staff_id end
  where disabled_at is null
    and by_staff_id is distinct from staff.staff_id
    and (reason = 'mentioned' or staff.staff_id = assignee_id)
    and (reason <> 'replied' or not exists (
      select from events
      where events.account_id = tickets.account_id and events.ticket_number = tickets.number
        and events.id > given.event_id and "events"."type" = $2
        and data -> 'before' -> 'assignee_id' is distinct from data -> 'after' -> 'assignee_id'
    ))
  on conflict (account_id, ticket_number, staff_id, reason) do update
  set comment_id = excluded.comment_id, by_staff_id = excluded.by_staff_id, created_at = excluded.created_at
  returning staff_id
), ended as (
  delete from notifications
  using (
    select distinct account_id, number, assignee_id
    from given
    join tickets using (account_id, number)
  ) as followed
  where notifications.account_id = followed.account_id
    and notifications.ticket_number = followed.number
    and notifications.reason <> 'mentioned'
    and notifications.staff_id is distinct from followed.assignee_id
  returning notifications.staff_id
)
select pg_notify($3, staff_id::text)
from (select staff_id from added union select staff_id from ended) as told

--- desk/notifications/notifications.ts c5ec0bdfed
with gone as (
  delete from notifications
  where staff_id = $1
    and ($2::bigint is null or ticket_number = $3)
    and ($4::timestamptz is null or created_at <= $5)
  returning staff_id
)
select pg_notify($6, staff_id::text)
from gone
limit 1

--- desk/notifications/notifications.ts d61e3af326
select reason, notifications.ticket_number, summary as ticket_summary, coalesce(staff.name, author_name) as actor_name,
  comment_id, notifications.created_at,
  (
    select count(*)
    from (select from notifications where staff_id = $1 limit $2) as counted
  ) as count
from notifications
join tickets on tickets.account_id = notifications.account_id and number = notifications.ticket_number
left join comments on comments.account_id = notifications.account_id and comments.id = comment_id
left join staff on staff.staff_id = by_staff_id
where notifications.staff_id = $3
order by notifications.created_at desc, notifications.ticket_number desc, reason
limit $4
