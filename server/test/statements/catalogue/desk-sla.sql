-- Every statement of this folder as PostgreSQL gets it, each with the hash of its template and of the templates
-- within it. Written by "npm run statements"; server/test/statements.test.ts holds code and database against it.

--- desk/sla/alerts.ts f35bcf409a
insert into sla_alerts (account_id, ticket_number, target, kind, due_at)
select *
from unnest(
  $1::bigint[],
  $2::bigint[],
  $3::text[],
  $4::text[],
  $5::timestamptz[]
)
on conflict do nothing
returning account_id, ticket_number, target, kind, due_at

--- desk/sla/calendars.ts 054c18843c bbaa40cdb7
select calendar_id, name, time_zone, hours, holidays, created_at, updated_at
from calendars
where calendar_id = $1
for update

--- desk/sla/calendars.ts 18c68ba1e7 bbaa40cdb7
select calendar_id, name, time_zone, hours, holidays, created_at, updated_at
from calendars
order by name, calendar_id

--- desk/sla/calendars.ts 22c89fc451 bbaa40cdb7
insert into calendars (name, time_zone, hours, holidays)
values ($1, $2, $3, $4)
returning calendar_id, name, time_zone, hours, holidays, created_at, updated_at

--- desk/sla/calendars.ts 7bb9577969
delete from calendars where calendar_id = $1

--- desk/sla/calendars.ts ef5f1e4415 bbaa40cdb7
update calendars
set name = $1, time_zone = $2, hours = $3,
    holidays = $4, updated_at = now()
where calendar_id = $5
returning calendar_id, name, time_zone, hours, holidays, created_at, updated_at

--- desk/sla/follow.ts fd4e493aa5
select account_id, number, true as "isEdit"
from tickets
where due_at <= now() + interval '15 minutes'
  and number > $1
  and exists (
    select
    from (
      values
        ('first_response', case when first_response_at is null then first_response_due_at end),
        ('resolution', resolution_due_at)
    ) as targets (target, at)
    where at <= now() + interval '15 minutes'
      and not exists (
        select
        from sla_alerts
        where sla_alerts.account_id = tickets.account_id
          and sla_alerts.ticket_number = tickets.number
          and sla_alerts.target = targets.target
          and (kind = 'breached' or (kind = 'warned' and at > now()))
      )
  )
order by number
limit $2

--- desk/sla/policies.ts 2843cd5f08
select from calendars where calendar_id = $1

--- desk/sla/policies.ts 76bc1cd6e8 9a069d8c60
insert into sla_policies (topic_key, priority, calendar_id, first_response_minutes, resolution_minutes)
  values ($1, $2, $3, $4, $5)
  returning
sla_policy_id, topic_key, priority, calendar_id, first_response_minutes, resolution_minutes, created_at, updated_at

--- desk/sla/policies.ts 7968bb0240 9a069d8c60
select
sla_policy_id, topic_key, priority, calendar_id, first_response_minutes, resolution_minutes, created_at, updated_at
  from sla_policies
  order by topic_key nulls last, priority nulls last

--- desk/sla/policies.ts 8c85883b7f
delete from sla_policies where sla_policy_id = $1

--- desk/sla/policies.ts ac81ca6332 9a069d8c60
select
sla_policy_id, topic_key, priority, calendar_id, first_response_minutes, resolution_minutes, created_at, updated_at
  from sla_policies
  where sla_policy_id = $1
  for update

--- desk/sla/policies.ts f80a282b6f 9a069d8c60
update sla_policies
  set calendar_id = $1, first_response_minutes = $2,
      resolution_minutes = $3, updated_at = now()
  where sla_policy_id = $4
  returning
sla_policy_id, topic_key, priority, calendar_id, first_response_minutes, resolution_minutes, created_at, updated_at

--- desk/sla/recount-all.ts 3151a8c351
select account_id, number
from tickets
where number > $1::bigint
  and not is_closed
  and not is_resolved
order by number
limit $2

--- desk/sla/recount.ts 841a0abd6d
select account_id, number, topic_key, priority, is_client_author,
  floor(extract(epoch from waiting_since) * 1000)::bigint as waiting_since,
  floor(extract(epoch from first_response_at) * 1000)::bigint as first_response_at,
  floor(extract(epoch from first_response_due_at) * 1000)::bigint as first_response_due_at,
  floor(extract(epoch from now()) * 1000)::bigint as now,
  (
    select coalesce(
      jsonb_agg(
        jsonb_build_object(
          'type', type, 'actor_kind', actor_kind, 'data', data, 'at', floor(extract(epoch from events.created_at) * 1000)::bigint
        ) order by epoch, events.xid, id
      ),
      '[]'
    )
    from events
    where events.account_id = tickets.account_id
      and events.ticket_number = tickets.number
      and (type = any($1) or data -> 'after' ->> 'status_key' is not null)
  ) as events
from unnest(
  $2::bigint[],
  $3::bigint[],
  $4::boolean[]
) as wanted (account_id, number, is_edit)
join tickets using (account_id, number)
where not (is_edit and (is_closed or is_resolved))
order by number
