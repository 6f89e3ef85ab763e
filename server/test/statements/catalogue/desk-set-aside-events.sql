-- Every statement of this folder as PostgreSQL gets it, each with the hash of its template and of the templates
-- within it. Written by "npm run statements"; server/test/statements.test.ts holds code and database against it.

--- desk/set-aside-events/set-aside-events.ts 5a19e21d4c eaa0fdcc9b
delete from set_aside_events
  where set_aside_event_id = $1 and set_aside_at is not null
  returning
set_aside_event_id, follower, event_id, type, account_id, ticket_number, comment_id, error, attempts,
first_failed_at, last_failed_at, set_aside_at, retry_requested_at

--- desk/set-aside-events/set-aside-events.ts 60cc3d9cf8 eaa0fdcc9b
update set_aside_events
  set retry_requested_at = now()
  where set_aside_event_id = $1 and set_aside_at is not null
  returning
set_aside_event_id, follower, event_id, type, account_id, ticket_number, comment_id, error, attempts,
first_failed_at, last_failed_at, set_aside_at, retry_requested_at

--- desk/set-aside-events/set-aside-events.ts fded04e1a4 eaa0fdcc9b
select
set_aside_event_id, follower, event_id, type, account_id, ticket_number, comment_id, error, attempts,
first_failed_at, last_failed_at, set_aside_at, retry_requested_at
  from set_aside_events
  where set_aside_at is not null
    and set_aside_event_id < coalesce($1::bigint, 9223372036854775807)
  order by set_aside_event_id desc
  limit $2
