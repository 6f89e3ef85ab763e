-- Every statement of this folder as PostgreSQL gets it, each with the hash of its template and of the templates
-- within it. Written by "npm run statements"; server/test/statements.test.ts holds code and database against it.

--- platform/http/idempotency.ts 37c0520d08 79b05a66d8
select pg_try_advisory_xact_lock(hashtextextended(name, 0)) as is_locked
from unnest((select $1::text[])) with ordinality as wanted (name, place)
order by place

--- platform/http/idempotency.ts 3e6f422006 26a8e60a5c 8b730bb559
insert into idempotency_keys (account_id, staff_id, key, fingerprint, status, headers, body)
  select account_id, staff_id, key, decode(fingerprint, 'hex'), status, headers, body
  from json_to_recordset($1) as claim (
  account_id bigint, staff_id bigint, key text, fingerprint text, status int, headers jsonb, body text, place int
)
  on conflict (account_id, staff_id, key) do update
  set fingerprint = excluded.fingerprint, status = excluded.status, headers = excluded.headers,
      body = excluded.body, created_at = excluded.created_at
  where idempotency_keys.created_at <= (now() - interval '24 hours')

--- platform/http/idempotency.ts c4cce0b2e1 26a8e60a5c 8b730bb559
select saved.fingerprint = decode(claim.fingerprint, 'hex') as is_same, saved.status, saved.headers, saved.body, place
    from json_to_recordset($1) as claim (
  account_id bigint, staff_id bigint, key text, fingerprint text, status int, headers jsonb, body text, place int
)
    join idempotency_keys as saved using (account_id, staff_id, key)
    where created_at > (now() - interval '24 hours')

--- platform/http/limits.ts 32f3463504 2da6b526af 418ffd8683
with wanted as (
        select *
        from json_to_recordset($1) as wanted (
          account_id bigint, staff_id bigint, kind text, max int, count int
        )
      )
      insert into rate_limits (account_id, staff_id, kind, since, used)
      select account_id, staff_id, kind, clock_timestamp(), count
      from wanted
      where count <= max
      order by account_id, staff_id, kind
      on conflict (account_id, staff_id, kind) do update
      set since = case when (
  rate_limits.since not between clock_timestamp() - interval '60 s' and clock_timestamp() + interval '1 s'
) then clock_timestamp() else rate_limits.since end,
          used = case when (
  rate_limits.since not between clock_timestamp() - interval '60 s' and clock_timestamp() + interval '1 s'
) then excluded.used else rate_limits.used + excluded.used end
      where (
  rate_limits.since not between clock_timestamp() - interval '60 s' and clock_timestamp() + interval '1 s'
) or rate_limits.used + excluded.used <= (
        select max
        from wanted
        where wanted.account_id = excluded.account_id and wanted.staff_id = excluded.staff_id
          and wanted.kind = excluded.kind
      )
      returning account_id, staff_id, kind, used, since::text as since,
  greatest(1, ceil(extract(epoch from rate_limits.since + interval '60 s' - clock_timestamp())))::int
 as reset

--- platform/http/limits.ts b4b87e54bd 2da6b526af 418ffd8683
select
  greatest(1, ceil(extract(epoch from rate_limits.since + interval '60 s' - clock_timestamp())))::int
 as reset
    from rate_limits
    where account_id = $1 and staff_id = $2 and kind = $3
      and used >= $4 and not (
  rate_limits.since not between clock_timestamp() - interval '60 s' and clock_timestamp() + interval '1 s'
)

--- platform/http/limits.ts daa7f77490
update rate_limits
set used = used - 1
where account_id = $1 and staff_id = $2 and kind = $3
  and since = $4 and used > 0

--- platform/http/saved-responses.ts 48be18ee6c 1b0122e07a
update idempotency_keys as saved
  set body = (saved.body::jsonb || patch)::text
  from (
  select '{"number":' || number || ',', $1::jsonb
  from unnest($2::bigint[]) as opened (number)
) as patches (prefix, patch)
  where saved.account_id in (0, $3) and starts_with(saved.body, prefix)

--- platform/http/saved-responses.ts 48be18ee6c 23ec02156c 25f0570856 ea8c91cd87
update idempotency_keys as saved
  set body = (saved.body::jsonb || patch)::text
  from (
  select '{"id":' || id || ',"body":', jsonb_build_object(
    'body', body, 'files', files, 'redacted_files', redacted_files,
    'redacted_at', to_char(redacted_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'redacted_by', redacted_by
  )
  from comments
  where account_id = $1 and id = any($2::bigint[])
 union all
  select '{"delayed_reply_id":' || delayed_reply_id || ',', jsonb_build_object('body', body, 'files', files)
  from delayed_replies
  where account_id = $3 and ticket_number = any($4::bigint[])
) as patches (prefix, patch)
  where saved.account_id in (0, $5) and starts_with(saved.body, prefix)

--- platform/http/saved-responses.ts 48be18ee6c ea5adb1c52
update idempotency_keys as saved
set body = (saved.body::jsonb || patch)::text
from (select $1::text, $2::jsonb) as patches (prefix, patch)
where saved.account_id in (0, $3) and starts_with(saved.body, prefix)

--- platform/http/saved-responses.ts 6b7dfd7c6e
delete from idempotency_keys where account_id = $1

--- platform/http/saved-responses.ts 74318996dc
update idempotency_keys
set body = replace(body, $1, '')
where account_id in (0, $2) and strpos(body, $3) > 0

--- platform/http/saved-responses.ts bb81fd971e
delete from idempotency_keys where account_id = 0 and body ~ $1

--- platform/http/saved-responses.ts d05436cb00 26a8e60a5c
delete from idempotency_keys where created_at <= (now() - interval '24 hours')
