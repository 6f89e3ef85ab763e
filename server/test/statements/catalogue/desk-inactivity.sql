-- Every statement of this folder as PostgreSQL gets it, each with the hash of its template and of the templates
-- within it. Written by "npm run statements"; server/test/statements.test.ts holds code and database against it.

--- desk/inactivity/inactivity-rules.ts 1e59061582
delete from inactivity_rules where inactivity_rule_id = $1

--- desk/inactivity/inactivity-rules.ts 6da3a2de27 545e6434de
insert into inactivity_rules (
    topic_key, is_enabled, remind_after_days, canned_response_id, close_after_days, close_resolved_after_days
  )
  values (
    $1, $2, $3, $4, $5,
    $6
  )
  returning
inactivity_rule_id, topic_key, is_enabled, remind_after_days, canned_response_id, close_after_days,
close_resolved_after_days, created_at, updated_at

--- desk/inactivity/inactivity-rules.ts 70f1e2fdcb 545e6434de
update inactivity_rules
  set is_enabled = $1, remind_after_days = $2,
      canned_response_id = $3, close_after_days = $4,
      close_resolved_after_days = $5, updated_at = now()
  where inactivity_rule_id = $6
  returning
inactivity_rule_id, topic_key, is_enabled, remind_after_days, canned_response_id, close_after_days,
close_resolved_after_days, created_at, updated_at

--- desk/inactivity/inactivity-rules.ts 92bb0ac3d7
select
from canned_responses
where canned_response_id = $1 and staff_id is null

--- desk/inactivity/inactivity-rules.ts ab34675fea 545e6434de
select
inactivity_rule_id, topic_key, is_enabled, remind_after_days, canned_response_id, close_after_days,
close_resolved_after_days, created_at, updated_at
  from inactivity_rules
  where inactivity_rule_id = $1
  for update

--- desk/inactivity/inactivity-rules.ts e5c57c5992 545e6434de
select
inactivity_rule_id, topic_key, is_enabled, remind_after_days, canned_response_id, close_after_days,
close_resolved_after_days, created_at, updated_at
  from inactivity_rules
  order by topic_key nulls last

--- desk/inactivity/inactivity.ts 36fa359684 5c4c329342
select number, tickets.inactive_since, is_to_close, bodies
from tickets
cross join lateral (
  select *
  from inactivity_rules
  where inactivity_rules.topic_key is null or inactivity_rules.topic_key = tickets.topic_key
  order by inactivity_rules.topic_key nulls last
  limit 1
) as rule
left join canned_responses using (canned_response_id)
left join reminders
  on reminders.account_id = tickets.account_id
  and reminders.ticket_number = tickets.number
  and reminders.inactive_since = tickets.inactive_since
cross join lateral (
  select
    case
      when is_resolved then tickets.inactive_since <= now() - make_interval(days => close_resolved_after_days)
      when remind_after_days is null then tickets.inactive_since <= now() - make_interval(days => close_after_days)
      else tickets.inactive_since <= now() - make_interval(days => close_after_days)
        and reminded_at <= now() - make_interval(days => close_after_days - remind_after_days)
    end is true as is_to_close,
    not is_resolved and reminded_at is null and tickets.inactive_since <= now() - make_interval(days => remind_after_days) as is_to_remind
) as due
where rule.is_enabled
  and not is_closed
  and status_key in ('await_client', 'resolved')
  and tickets.inactive_since <= now() - interval '1 day'
  and (is_to_close or is_to_remind)
  and tickets.number = $1
order by number
limit $2

--- desk/inactivity/inactivity.ts 36fa359684 d7d55f9925
select number, tickets.inactive_since, is_to_close, bodies
from tickets
cross join lateral (
  select *
  from inactivity_rules
  where inactivity_rules.topic_key is null or inactivity_rules.topic_key = tickets.topic_key
  order by inactivity_rules.topic_key nulls last
  limit 1
) as rule
left join canned_responses using (canned_response_id)
left join reminders
  on reminders.account_id = tickets.account_id
  and reminders.ticket_number = tickets.number
  and reminders.inactive_since = tickets.inactive_since
cross join lateral (
  select
    case
      when is_resolved then tickets.inactive_since <= now() - make_interval(days => close_resolved_after_days)
      when remind_after_days is null then tickets.inactive_since <= now() - make_interval(days => close_after_days)
      else tickets.inactive_since <= now() - make_interval(days => close_after_days)
        and reminded_at <= now() - make_interval(days => close_after_days - remind_after_days)
    end is true as is_to_close,
    not is_resolved and reminded_at is null and tickets.inactive_since <= now() - make_interval(days => remind_after_days) as is_to_remind
) as due
where rule.is_enabled
  and not is_closed
  and status_key in ('await_client', 'resolved')
  and tickets.inactive_since <= now() - interval '1 day'
  and (is_to_close or is_to_remind)
  and tickets.number > $1
order by number
limit $2

--- desk/inactivity/inactivity.ts b7c700aa18
insert into reminders (account_id, ticket_number, inactive_since)
values ($1, $2, $3)
on conflict (account_id, ticket_number) do update
set inactive_since = excluded.inactive_since, reminded_at = now()
