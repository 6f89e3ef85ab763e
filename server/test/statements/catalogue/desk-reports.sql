-- Every statement of this folder as PostgreSQL gets it, each with the hash of its template and of the templates
-- within it. Written by "npm run statements"; server/test/statements.test.ts holds code and database against it.

--- desk/reports/reports.ts 1c92f57497 0649003601 217a11c3a2 589c59ae0a 717212c4b5 9308cd97fe 954526aa2d b5bea41b6c cb2899ade6 dcfa833580
select topic_key as "group", topic_key, priority,
       (extract(epoch from started_at) * 1000)::float8 as started, (extract(epoch from ended_at) * 1000)::float8 as ended
     from (
   select first_response_at as at, account_id, topic_key, priority, null::bigint as credited,
     created_at as started_at, first_response_at as ended_at
   from tickets
   where
 first_response_at >= $1::timestamp at time zone $2
 and first_response_at < ($3::date + 1)::timestamp at time zone $4
and updated_at >= $5::timestamp at time zone $6
     and first_response_at >= created_at -- a split may take along a reply that was counted where it was given
 ) as facts
     where
   "topic_key" = $7::text
   and true
     limit $8

--- desk/reports/reports.ts 1c92f57497 589c59ae0a 717212c4b5 9308cd97fe 954526aa2d b5bea41b6c bce66a2993 c7e62c07e5 f60f55759c
select null::text as "group", topic_key, priority,
       (extract(epoch from started_at) * 1000)::float8 as started, (extract(epoch from ended_at) * 1000)::float8 as ended
     from (
   select resolved_at as at, account_id, topic_key, priority, assignee_id as credited,
     created_at as started_at, resolved_at as ended_at
   from tickets
   where
 resolved_at >= $1::timestamp at time zone $2
 and resolved_at < ($3::date + 1)::timestamp at time zone $4
and updated_at >= $5::timestamp at time zone $6
 ) as facts
     where
   "topic_key" = $7::text
   and true
     limit $8

--- desk/reports/reports.ts 2f738b97dd 0408f470ea 59f006d63b 74234e98af f5506aef4d
with grouped as (
  select "group",
count(*) as tickets,
percentile_cont(0.5) within group (order by seconds) as median_seconds,
percentile_cont(0.9) within group (order by seconds) as p90_seconds
  from unnest($1::text[], $2::float8[]) as counted ("group", seconds)
  group by 1
)
    select grouped.*, null as name
    from grouped
    order by  "group" nulls last
    limit $3

--- desk/reports/reports.ts 2f738b97dd 0649003601 217a11c3a2 3ae46b6e39 4d4e674e78 589c59ae0a 717212c4b5 9308cd97fe 954526aa2d b1fe27c11f b5bea41b6c cb2899ade6 dcfa833580 f5506aef4d
with grouped as (
     select topic_key as "group",
 count(*) as tickets,
 percentile_cont(0.5) within group (order by extract(epoch from ended_at - started_at)::float8) as median_seconds,
 percentile_cont(0.9) within group (order by extract(epoch from ended_at - started_at)::float8) as p90_seconds
     from (
   select first_response_at as at, account_id, topic_key, priority, null::bigint as credited,
     created_at as started_at, first_response_at as ended_at
   from tickets
   where
 first_response_at >= $1::timestamp at time zone $2
 and first_response_at < ($3::date + 1)::timestamp at time zone $4
and updated_at >= $5::timestamp at time zone $6
     and first_response_at >= created_at -- a split may take along a reply that was counted where it was given
 ) as facts
     where
   "topic_key" = $7::text
   and true
     group by 1
   )
     select grouped.*, (select name ->> 'en' from topics where key = "group") as name
     from grouped
     order by  "group" nulls last
     limit $8

--- desk/reports/reports.ts 2f738b97dd 0649003601 217a11c3a2 3ae46b6e39 4d4e674e78 589c59ae0a 717212c4b5 9308cd97fe 954526aa2d b5bea41b6c ca38a9cb2d cecdb03760 f5506aef4d f6da2377f6
with grouped as (
     select credited::text as "group",
 count(*) as tickets,
 percentile_cont(0.5) within group (order by extract(epoch from ended_at - started_at)::float8) as median_seconds,
 percentile_cont(0.9) within group (order by extract(epoch from ended_at - started_at)::float8) as p90_seconds
     from (
   select first_response_at as at, account_id, topic_key, priority, (
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
 ) as credited,
     created_at as started_at, first_response_at as ended_at
   from tickets
   where
 first_response_at >= $1::timestamp at time zone $2
 and first_response_at < ($3::date + 1)::timestamp at time zone $4
and updated_at >= $5::timestamp at time zone $6
     and first_response_at >= created_at -- a split may take along a reply that was counted where it was given
 ) as facts
     where
   "topic_key" = $7::text
   and true
     group by 1
   )
     select grouped.*, (select name from staff where staff_id = "group"::bigint) as name
     from grouped
     order by  "group" nulls last
     limit $8

--- desk/reports/reports.ts 2f738b97dd 072c0d1e94 3ae46b6e39 74234e98af 9308cd97fe 954526aa2d b5bea41b6c e878a9d9a1 f60f55759c ff8fdeeaaa
with grouped as (
    select null::text as "group",
  count(*) filter (where not is_resolved) as open,
  count(*) filter (where not is_resolved and age < interval '1 day') as under_1_day,
  count(*) filter (where not is_resolved and age >= interval '1 day' and age < interval '3 days') as under_3_days,
  count(*) filter (where not is_resolved and age >= interval '3 days' and age < interval '7 days') as under_7_days,
  count(*) filter (where not is_resolved and age >= interval '7 days' and age < interval '30 days') as under_30_days,
  count(*) filter (where not is_resolved and age >= interval '30 days') as older,
  count(*) filter (where is_resolved) as resolved
    from (
  select created_at as at, account_id, topic_key, assignee_id as credited, is_resolved,
    now() - created_at as age
  from tickets
  where not is_closed and
created_at >= $1::timestamp at time zone $2
and created_at < ($3::date + 1)::timestamp at time zone $4
) as facts
    where
  true
  and true
    group by 1
  )
    select grouped.*, null as name
    from grouped
    order by  "group" nulls last
    limit $5

--- desk/reports/reports.ts 2f738b97dd 197f1c402d 2d7a6e36c3 3ae46b6e39 41cb416516 74234e98af 9308cd97fe 954526aa2d b5bea41b6c f60f55759c
with grouped as (
     select null::text as "group",
   count(*) filter (where comment_id is null) as votes,
   (avg(score) filter (where comment_id is null))::float8 as average,
   count(*) filter (where comment_id is null and score >= 9) as good,
   count(*) filter (where comment_id is null and score <= 6) as bad,
   count(*) filter (where comment_id is not null and score = 1) as comments_up,
   count(*) filter (where comment_id is not null and score = -1) as comments_down
     from (
   select votes.created_at as at, votes.account_id, topic_key, comment_id, score,
     case when comment_id is null then assignee_id else comments.staff_id end as credited
   from votes
   join tickets on tickets.account_id = votes.account_id and tickets.number = votes.ticket_number
   left join comments on comments.account_id = votes.account_id and comments.id = votes.comment_id
   where
 votes.created_at >= $1::timestamp at time zone $2
 and votes.created_at < ($3::date + 1)::timestamp at time zone $4
and score is not null and deleted_at is null
 ) as facts
     where
   true
   and true
     group by 1
   )
     select grouped.*, null as name
     from grouped
     order by  "group" nulls last
     limit $5

--- desk/reports/reports.ts 2f738b97dd 1b3f300c1b 3ae46b6e39 589c59ae0a 591464d7dd 74234e98af 837701a9be 9308cd97fe 954526aa2d a74dcf55a6 b5bea41b6c bce66a2993 e1535a1c8c e878a9d9a1
with grouped as (
     select to_char(at at time zone $1, 'YYYY-MM-DD') as "group", count(*) filter (where what = 'opened') as "opened", count(*) filter (where what = 'resolved') as "resolved", count(*) filter (where what = 'closed') as "closed", count(*) filter (where what = 'comments') as "comments", count(*) filter (where what = 'replies') as "replies"
     from (
   select 'opened' as what, created_at as at, account_id, topic_key, assignee_id as credited
   from tickets
   where
 created_at >= $2::timestamp at time zone $3
 and created_at < ($4::date + 1)::timestamp at time zone $5
   union all
   select 'resolved', resolved_at, account_id, topic_key, assignee_id
   from tickets
   where
 resolved_at >= $6::timestamp at time zone $7
 and resolved_at < ($8::date + 1)::timestamp at time zone $9
and updated_at >= $10::timestamp at time zone $11
   union all
   select 'closed', closed_at, account_id, topic_key, assignee_id
   from tickets
   where
 closed_at >= $12::timestamp at time zone $13
 and closed_at < ($14::date + 1)::timestamp at time zone $15
and updated_at >= $16::timestamp at time zone $17
   union all
   select case when comments.is_client_author then 'comments' else 'replies' end, sent_at,
     comments.account_id, topic_key,
     case when comments.is_client_author then assignee_id else comments.staff_id end
   from comments
   join tickets on tickets.account_id = comments.account_id and tickets.number = comments.ticket_number
   where
 sent_at >= $18::timestamp at time zone $19
 and sent_at < ($20::date + 1)::timestamp at time zone $21
and not is_internal and splitted_at is null
 ) as facts
     where
   true
   and true
     group by 1
   )
     select grouped.*, null as name
     from grouped
     order by  "group" nulls last
     limit $22

--- desk/reports/reports.ts 2f738b97dd 1b3f300c1b 3ae46b6e39 589c59ae0a 717212c4b5 837701a9be 9308cd97fe 954526aa2d a74dcf55a6 b5bea41b6c bce66a2993 ca38a9cb2d cecdb03760 e1535a1c8c e878a9d9a1
with grouped as (
     select credited::text as "group", count(*) filter (where what = 'opened') as "opened", count(*) filter (where what = 'resolved') as "resolved", count(*) filter (where what = 'closed') as "closed", count(*) filter (where what = 'comments') as "comments", count(*) filter (where what = 'replies') as "replies"
     from (
   select 'opened' as what, created_at as at, account_id, topic_key, assignee_id as credited
   from tickets
   where
 created_at >= $1::timestamp at time zone $2
 and created_at < ($3::date + 1)::timestamp at time zone $4
   union all
   select 'resolved', resolved_at, account_id, topic_key, assignee_id
   from tickets
   where
 resolved_at >= $5::timestamp at time zone $6
 and resolved_at < ($7::date + 1)::timestamp at time zone $8
and updated_at >= $9::timestamp at time zone $10
   union all
   select 'closed', closed_at, account_id, topic_key, assignee_id
   from tickets
   where
 closed_at >= $11::timestamp at time zone $12
 and closed_at < ($13::date + 1)::timestamp at time zone $14
and updated_at >= $15::timestamp at time zone $16
   union all
   select case when comments.is_client_author then 'comments' else 'replies' end, sent_at,
     comments.account_id, topic_key,
     case when comments.is_client_author then assignee_id else comments.staff_id end
   from comments
   join tickets on tickets.account_id = comments.account_id and tickets.number = comments.ticket_number
   where
 sent_at >= $17::timestamp at time zone $18
 and sent_at < ($19::date + 1)::timestamp at time zone $20
and not is_internal and splitted_at is null
 ) as facts
     where
   true
   and "credited" = $21::bigint
     group by 1
   )
     select grouped.*, (select name from staff where staff_id = "group"::bigint) as name
     from grouped
     order by  "group" nulls last
     limit $22

--- desk/reports/reports.ts 2f738b97dd 1b3f300c1b 3ae46b6e39 589c59ae0a 717212c4b5 837701a9be 9308cd97fe 954526aa2d a74dcf55a6 b5bea41b6c bce66a2993 cd4b2cc614 ce3b1fb908 e1535a1c8c e15be2b0da e878a9d9a1
with grouped as (
     select account_id::text as "group", count(*) filter (where what = 'opened') as "opened", count(*) filter (where what = 'resolved') as "resolved", count(*) filter (where what = 'closed') as "closed", count(*) filter (where what = 'comments') as "comments", count(*) filter (where what = 'replies') as "replies"
     from (
   select 'opened' as what, created_at as at, account_id, topic_key, assignee_id as credited
   from tickets
   where
 created_at >= $1::timestamp at time zone $2
 and created_at < ($3::date + 1)::timestamp at time zone $4
   union all
   select 'resolved', resolved_at, account_id, topic_key, assignee_id
   from tickets
   where
 resolved_at >= $5::timestamp at time zone $6
 and resolved_at < ($7::date + 1)::timestamp at time zone $8
and updated_at >= $9::timestamp at time zone $10
   union all
   select 'closed', closed_at, account_id, topic_key, assignee_id
   from tickets
   where
 closed_at >= $11::timestamp at time zone $12
 and closed_at < ($13::date + 1)::timestamp at time zone $14
and updated_at >= $15::timestamp at time zone $16
   union all
   select case when comments.is_client_author then 'comments' else 'replies' end, sent_at,
     comments.account_id, topic_key,
     case when comments.is_client_author then assignee_id else comments.staff_id end
   from comments
   join tickets on tickets.account_id = comments.account_id and tickets.number = comments.ticket_number
   where
 sent_at >= $17::timestamp at time zone $18
 and sent_at < ($19::date + 1)::timestamp at time zone $20
and not is_internal and splitted_at is null
 ) as facts
     where
   "topic_key" = $21::text
   and true
     group by 1
   )
     select grouped.*, (select name from accounts where account_id = "group"::bigint) as name
     from grouped
     order by "opened" desc nulls last, "group" nulls last
     limit $22

--- desk/reports/reports.ts 2f738b97dd 217a11c3a2 373722d5d0 3ae46b6e39 589c59ae0a 6cfc664dd0 74234e98af 9308cd97fe 954526aa2d 9fb29cc4e6 af04f0fb21 b5bea41b6c bce66a2993 e1535a1c8c f113a7c40b f60f55759c
with grouped as (
     select null::text as "group",
   count(*) filter (where what = 'first_response_met') as "first_response_met", count(*) filter (where what = 'first_response_missed') as "first_response_missed",
   avg(case what when 'first_response_met' then 1 when 'first_response_missed' then 0 end)::float8 as first_response_share,
   count(*) filter (where what = 'resolution_met') as "resolution_met", count(*) filter (where what = 'resolution_missed') as "resolution_missed",
   avg(case what when 'resolution_met' then 1 when 'resolution_missed' then 0 end)::float8 as resolution_share
     from (
   select 'first_response_met' as what, first_response_at as at, account_id, topic_key, assignee_id as credited
   from tickets
   where
 first_response_at >= $1::timestamp at time zone $2
 and first_response_at < ($3::date + 1)::timestamp at time zone $4
and updated_at >= $5::timestamp at time zone $6
     and first_response_due_at is not null and
 not exists (
   select
   from sla_alerts
   where sla_alerts.account_id = tickets.account_id
     and sla_alerts.ticket_number = tickets.number
     and target = $7
     and kind = 'breached'
 )
   union all
   select 'resolution_met', resolved_at, account_id, topic_key, assignee_id
   from tickets
   where
 resolved_at >= $8::timestamp at time zone $9
 and resolved_at < ($10::date + 1)::timestamp at time zone $11
and updated_at >= $12::timestamp at time zone $13
     and resolution_due_at is not null and
 not exists (
   select
   from sla_alerts
   where sla_alerts.account_id = tickets.account_id
     and sla_alerts.ticket_number = tickets.number
     and target = $14
     and kind = 'breached'
 )
   union all
   select case target when 'resolution' then 'resolution_missed' else 'first_response_missed' end,
     sla_alerts.due_at, sla_alerts.account_id, topic_key, assignee_id
   from sla_alerts
   join tickets on tickets.account_id = sla_alerts.account_id and tickets.number = sla_alerts.ticket_number
   where kind = 'breached' and
 sla_alerts.due_at >= $15::timestamp at time zone $16
 and sla_alerts.due_at < ($17::date + 1)::timestamp at time zone $18
 ) as facts
     where
   true
   and true
     group by 1
   )
     select grouped.*, null as name
     from grouped
     order by  "group" nulls last
     limit $19

--- desk/reports/reports.ts 2f738b97dd 3ae46b6e39 4d4e674e78 589c59ae0a 74234e98af 9308cd97fe 954526aa2d b5bea41b6c bce66a2993 c7e62c07e5 f5506aef4d f60f55759c
with grouped as (
     select null::text as "group",
 count(*) as tickets,
 percentile_cont(0.5) within group (order by extract(epoch from ended_at - started_at)::float8) as median_seconds,
 percentile_cont(0.9) within group (order by extract(epoch from ended_at - started_at)::float8) as p90_seconds
     from (
   select resolved_at as at, account_id, topic_key, priority, assignee_id as credited,
     created_at as started_at, resolved_at as ended_at
   from tickets
   where
 resolved_at >= $1::timestamp at time zone $2
 and resolved_at < ($3::date + 1)::timestamp at time zone $4
and updated_at >= $5::timestamp at time zone $6
 ) as facts
     where
   true
   and true
     group by 1
   )
     select grouped.*, null as name
     from grouped
     order by  "group" nulls last
     limit $7
