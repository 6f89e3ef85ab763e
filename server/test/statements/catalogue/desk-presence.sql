-- Every statement of this folder as PostgreSQL gets it, each with the hash of its template and of the templates
-- within it. Written by "npm run statements"; server/test/statements.test.ts holds code and database against it.

--- desk/presence/presence.ts a86dc2791c
delete from presence where expires_at <= now()

--- desk/presence/presence.ts a9f9b3ddb1 b82db51f64
with presence as (
      insert into presence (account_id, ticket_number, staff_id, staff_name, state, expires_at)
      values (
        $1, $2, $3, $4, $5,
        now() + make_interval(secs => $6)
      )
      on conflict (account_id, ticket_number, staff_id) do update
      set staff_name = excluded.staff_name, state = excluded.state, expires_at = excluded.expires_at
      returning *
    )
    select
  jsonb_build_object(
    'ticket_number', ticket_number, 'staff_id', staff_id, 'staff_name', staff_name, 'state', state,
    'expires_at', to_char(expires_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
  )
 as told, pg_notify($7, (
  jsonb_build_object(
    'ticket_number', ticket_number, 'staff_id', staff_id, 'staff_name', staff_name, 'state', state,
    'expires_at', to_char(expires_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
  )
)::text)
    from presence

--- desk/presence/presence.ts d89b521b86
with gone as (
  delete from presence
  where account_id = $1 and ticket_number = $2 and staff_id = $3
  returning staff_id
)
select pg_notify($4, $5)
from gone

--- desk/presence/presence.ts f519b4d8a7 23c9922c6c b5bea41b6c
select ticket_number, staff_id, staff_name, state, expires_at
from presence
where expires_at > now() and true
order by ticket_number, staff_name, staff_id
