-- Every statement of this folder as PostgreSQL gets it, each with the hash of its template and of the templates
-- within it. Written by "npm run statements"; server/test/statements.test.ts holds code and database against it.

--- platform/events/cursor.ts 19ebcb4a15 0e55bb0587 69918224c4 6ca7fe32a3 a4a69b2da1
select account_id, epoch || '.' || xid || '.' || id as cursor, (xid < coalesce(
  (
    select running
    from pg_snapshot_xip(pg_current_snapshot()) as running
    where not exists (
      select from pg_stat_activity
      where datid <> (select oid from pg_database where datname = current_database())
        and backend_xid::text::bigint = (running::text::numeric % 4294967296)::bigint
    )
    order by running
    limit 1
  ),
  pg_snapshot_xmax(pg_current_snapshot())
) or epoch < (
  select pg_get_expr(adbin, adrelid)::int
  from pg_attrdef
  join pg_attribute on attrelid = adrelid and attnum = adnum
  where adrelid = 'events'::regclass and attname = 'epoch'
)) as is_settled
    from events
    where (epoch, xid, id) > ((select $1::int), (select $2::xid8), (select $3::bigint))
    order by epoch, events.xid, id
    limit 1000

--- platform/events/cursor.ts 746dd0cdf0 6ca7fe32a3
select greatest(0, extract(epoch from now() - created_at))::float8 as age
from events
where (epoch, xid, id) > ((select $1::int), (select $2::xid8), (select $3::bigint))
order by epoch, events.xid, id
limit 1

--- platform/events/cursor.ts e0b08eaad1 0e55bb0587 a4a69b2da1
select (
  select pg_get_expr(adbin, adrelid)::int
  from pg_attrdef
  join pg_attribute on attrelid = adrelid and attnum = adnum
  where adrelid = 'events'::regclass and attname = 'epoch'
) || '.' || coalesce(
  (
    select running
    from pg_snapshot_xip(pg_current_snapshot()) as running
    where not exists (
      select from pg_stat_activity
      where datid <> (select oid from pg_database where datname = current_database())
        and backend_xid::text::bigint = (running::text::numeric % 4294967296)::bigint
    )
    order by running
    limit 1
  ),
  pg_snapshot_xmax(pg_current_snapshot())
) || '.0' as head

--- platform/events/events.ts 214aeda254
insert into events (
  account_id, type, is_client_visible, ticket_number, comment_id, actor_kind, staff_id, token_id, user_id, data
)
values (
  $1, $2, $3, $4, $5,
  $6, $7, $8, $9, $10
)

--- platform/events/events.ts d9a95e27d8 1956c59e11 1ed1f7df98 4dbed96f72
insert into events (
    account_id, type, is_client_visible, ticket_number, comment_id, actor_kind, staff_id, token_id, user_id, data
  )
  select
    account_id, $1, $2, number, comment_id,
    $3, $4::bigint, $5::bigint, $6, data
  from (
  select *
  from jsonb_to_recordset($7) as given (
    account_id bigint, number bigint, comment_id bigint, data jsonb
  )
) as recorded

--- platform/events/following.ts 2c93ebc204
select from followers where name = $1 for update

--- platform/events/following.ts 3d74dc183c
select cursor
from followers
where name = $1
for update skip locked

--- platform/events/following.ts 5864a2066f
insert into followers (name, cursor) values ($1, $2) on conflict do nothing

--- platform/events/jobs.ts 14e30286e6
select graphile_worker.add_job($1, payload::json, job_key => key, job_key_mode => 'unsafe_dedupe')
from unnest($2::text[], $3::text[]) as due (payload, key)

--- platform/events/read.ts 4da835b557 0e55bb0587 5b7a6072fc 69918224c4 6ca7fe32a3 a4a69b2da1
select cursor, created_at, account_id, ticket_number, comment_id, actor_kind, staff_id, token_id, user_id, type,
      case when is_asked then data end as data, is_asked
    from (
      select
  events.epoch || '.' || events.xid || '.' || events.id as cursor, events.created_at, events.account_id,
  events.ticket_number, events.comment_id, events.actor_kind, events.staff_id, events.token_id, events.user_id,
  events.type, events.data
, events.type = any($1) as is_asked
      from events
      where (epoch, xid, id) > ((select $2::int), (select $3::xid8), (select $4::bigint)) and (xid < coalesce(
  (
    select running
    from pg_snapshot_xip(pg_current_snapshot()) as running
    where not exists (
      select from pg_stat_activity
      where datid <> (select oid from pg_database where datname = current_database())
        and backend_xid::text::bigint = (running::text::numeric % 4294967296)::bigint
    )
    order by running
    limit 1
  ),
  pg_snapshot_xmax(pg_current_snapshot())
) or epoch < (
  select pg_get_expr(adbin, adrelid)::int
  from pg_attrdef
  join pg_attribute on attrelid = adrelid and attnum = adnum
  where adrelid = 'events'::regclass and attname = 'epoch'
))
      order by epoch, events.xid, id
      limit $5
    ) as read

--- platform/events/set-aside.ts 2837e249c6 0d3b04d98c
select
from set_aside_events
where follower = $1 and epoch = $2::int and xid = $3::xid8 and event_id = $4::bigint and retry_requested_at is not null
for update skip locked

--- platform/events/set-aside.ts 3a5fde94f4 0d3b04d98c
delete from set_aside_events where follower = $1 and epoch = $2::int and xid = $3::xid8 and event_id = $4::bigint

--- platform/events/set-aside.ts 5b38f34d67 0d3b04d98c
update set_aside_events
set attempts = attempts + 1, error = $1, last_failed_at = now(), retry_requested_at = null
where follower = $2 and epoch = $3::int and xid = $4::xid8 and event_id = $5::bigint

--- platform/events/set-aside.ts 70148bb06c
select count(*)
from set_aside_events
where follower = $1 and set_aside_at is not null

--- platform/events/set-aside.ts 95cbce9f9c 5b7a6072fc
with requested as (
    select set_aside_event_id, account_id, epoch, xid, event_id as id
    from set_aside_events
    where follower = $1 and retry_requested_at is not null
    order by set_aside_event_id
    limit 20
  ), erased as (
    delete from set_aside_events
    where set_aside_event_id in (
      select set_aside_event_id
      from requested
      where not exists (
        select
        from events
        where (account_id, epoch, xid, id) = (requested.account_id, requested.epoch, requested.xid, requested.id)
      )
    )
  )
  select
events.epoch || '.' || events.xid || '.' || events.id as cursor, events.created_at, events.account_id,
events.ticket_number, events.comment_id, events.actor_kind, events.staff_id, events.token_id, events.user_id,
events.type, events.data
  from requested
  join events using (account_id, epoch, xid, id)
  order by set_aside_event_id

--- platform/events/set-aside.ts c5ad2d4746
delete from set_aside_events where follower = $1 and set_aside_at is null

--- platform/events/set-aside.ts d5d44753db
select retry_at <= now() as is_due
from set_aside_events
where follower = $1 and set_aside_at is null

--- platform/events/set-aside.ts d79531e0dd
insert into set_aside_events (
  follower, epoch, xid, event_id, type, account_id, ticket_number, comment_id, error, retry_at
)
values (
  $1, $2::int, $3::xid8, $4::bigint, $5, $6, $7, $8,
  $9, now() + make_interval(secs => $10)
)
on conflict on constraint set_aside_events_event do update
set attempts = set_aside_events.attempts + 1,
    error = excluded.error,
    last_failed_at = now(),
    retry_at = now() + make_interval(secs => $11 * 2 ^ set_aside_events.attempts),
    set_aside_at = case when set_aside_events.attempts + 1 >= $12 then now() end
returning set_aside_event_id, set_aside_at

--- platform/events/walks.ts 6a5622a215
update followers set cursor = $1 where name = $2 and cursor = $3

--- platform/events/walks.ts c2ae299707
update followers set cursor = $1 where name = $2

--- platform/events/walks.ts d7c4955576
select cursor
from followers
where name = $1 and cursor <> ''
for update

--- platform/events/walks.ts e2749501ce
select cursor from followers where name = $1
