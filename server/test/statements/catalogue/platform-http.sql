-- Every statement of this folder as PostgreSQL gets it, each with the hash of its template and of the templates
-- within it. Written by "npm run statements"; server/test/statements.test.ts holds code and database against it.

--- platform/http/idempotency.ts 234258b80e
select pg_try_advisory_xact_lock(hashtextextended($1, 0)) as is_locked

--- platform/http/idempotency.ts 84c9e841ec 26a8e60a5c
select fingerprint = $1 as is_same, status, headers, body
from idempotency_keys
where account_id = $2
  and staff_id = $3
  and key = $4
  and created_at > (now() - interval '24 hours')

--- platform/http/idempotency.ts dd5b1afb38 26a8e60a5c
insert into idempotency_keys (account_id, staff_id, key, fingerprint, status, headers, body)
values (
  $1, $2, $3, $4,
  $5, $6, $7
)
on conflict (account_id, staff_id, key) do update
set fingerprint = excluded.fingerprint, status = excluded.status, headers = excluded.headers,
    body = excluded.body, created_at = excluded.created_at
where idempotency_keys.created_at <= (now() - interval '24 hours')

--- platform/http/limits.ts 2d2ab11333
insert into staff_state (staff_id) values ($1) on conflict do nothing

--- platform/http/limits.ts 4567346c93 be2eae9705
update "account_state"
set "changes_since" = case when "changes_since" not between clock_timestamp() - interval '60 s' and clock_timestamp() + interval '1 s' then clock_timestamp() else "changes_since" end,
    "changes_used" = case when "changes_since" not between clock_timestamp() - interval '60 s' and clock_timestamp() + interval '1 s' then 1 else "changes_used" + 1 end
where "account_id" = $1
  and ("changes_since" not between clock_timestamp() - interval '60 s' and clock_timestamp() + interval '1 s' or "changes_used" < $2)
returning "changes_used" as used, "changes_since"::text as since,
  ceil(extract(epoch from "changes_since" + interval '60 s' - clock_timestamp()))::int as reset

--- platform/http/limits.ts 4567346c93 be2eae9705
update "account_state"
set "comments_since" = case when "comments_since" not between clock_timestamp() - interval '60 s' and clock_timestamp() + interval '1 s' then clock_timestamp() else "comments_since" end,
    "comments_used" = case when "comments_since" not between clock_timestamp() - interval '60 s' and clock_timestamp() + interval '1 s' then 1 else "comments_used" + 1 end
where "account_id" = $1
  and ("comments_since" not between clock_timestamp() - interval '60 s' and clock_timestamp() + interval '1 s' or "comments_used" < $2)
returning "comments_used" as used, "comments_since"::text as since,
  ceil(extract(epoch from "comments_since" + interval '60 s' - clock_timestamp()))::int as reset

--- platform/http/limits.ts 4567346c93 be2eae9705
update "account_state"
set "reads_since" = case when "reads_since" not between clock_timestamp() - interval '60 s' and clock_timestamp() + interval '1 s' then clock_timestamp() else "reads_since" end,
    "reads_used" = case when "reads_since" not between clock_timestamp() - interval '60 s' and clock_timestamp() + interval '1 s' then 1 else "reads_used" + 1 end
where "account_id" = $1
  and ("reads_since" not between clock_timestamp() - interval '60 s' and clock_timestamp() + interval '1 s' or "reads_used" < $2)
returning "reads_used" as used, "reads_since"::text as since,
  ceil(extract(epoch from "reads_since" + interval '60 s' - clock_timestamp()))::int as reset

--- platform/http/limits.ts 4567346c93 be2eae9705
update "account_state"
set "tickets_since" = case when "tickets_since" not between clock_timestamp() - interval '60 s' and clock_timestamp() + interval '1 s' then clock_timestamp() else "tickets_since" end,
    "tickets_used" = case when "tickets_since" not between clock_timestamp() - interval '60 s' and clock_timestamp() + interval '1 s' then 1 else "tickets_used" + 1 end
where "account_id" = $1
  and ("tickets_since" not between clock_timestamp() - interval '60 s' and clock_timestamp() + interval '1 s' or "tickets_used" < $2)
returning "tickets_used" as used, "tickets_since"::text as since,
  ceil(extract(epoch from "tickets_since" + interval '60 s' - clock_timestamp()))::int as reset

--- platform/http/limits.ts 4567346c93 be2eae9705
update "account_state"
set "votes_since" = case when "votes_since" not between clock_timestamp() - interval '60 s' and clock_timestamp() + interval '1 s' then clock_timestamp() else "votes_since" end,
    "votes_used" = case when "votes_since" not between clock_timestamp() - interval '60 s' and clock_timestamp() + interval '1 s' then 1 else "votes_used" + 1 end
where "account_id" = $1
  and ("votes_since" not between clock_timestamp() - interval '60 s' and clock_timestamp() + interval '1 s' or "votes_used" < $2)
returning "votes_used" as used, "votes_since"::text as since,
  ceil(extract(epoch from "votes_since" + interval '60 s' - clock_timestamp()))::int as reset

--- platform/http/limits.ts 4567346c93 be2eae9705
update "staff_state"
set "begun_uploads_since" = case when "begun_uploads_since" not between clock_timestamp() - interval '60 s' and clock_timestamp() + interval '1 s' then clock_timestamp() else "begun_uploads_since" end,
    "begun_uploads_used" = case when "begun_uploads_since" not between clock_timestamp() - interval '60 s' and clock_timestamp() + interval '1 s' then 1 else "begun_uploads_used" + 1 end
where "staff_id" = $1
  and ("begun_uploads_since" not between clock_timestamp() - interval '60 s' and clock_timestamp() + interval '1 s' or "begun_uploads_used" < $2)
returning "begun_uploads_used" as used, "begun_uploads_since"::text as since,
  ceil(extract(epoch from "begun_uploads_since" + interval '60 s' - clock_timestamp()))::int as reset

--- platform/http/limits.ts 4567346c93 be2eae9705
update "staff_state"
set "uploads_since" = case when "uploads_since" not between clock_timestamp() - interval '60 s' and clock_timestamp() + interval '1 s' then clock_timestamp() else "uploads_since" end,
    "uploads_used" = case when "uploads_since" not between clock_timestamp() - interval '60 s' and clock_timestamp() + interval '1 s' then 1 else "uploads_used" + 1 end
where "staff_id" = $1
  and ("uploads_since" not between clock_timestamp() - interval '60 s' and clock_timestamp() + interval '1 s' or "uploads_used" < $2)
returning "uploads_used" as used, "uploads_since"::text as since,
  ceil(extract(epoch from "uploads_since" + interval '60 s' - clock_timestamp()))::int as reset

--- platform/http/limits.ts 5acc369115
update "account_state"
set "uploads_used" = "uploads_used" - 1
where "account_id" = $1 and "uploads_since" = $2 and "uploads_used" > 0

--- platform/http/limits.ts 6acb5d1f3f
select ceil(extract(epoch from "begun_uploads_since" + interval '60 s' - clock_timestamp()))::int as reset
from "account_state"
where "account_id" = $1

--- platform/http/limits.ts 6acb5d1f3f
select ceil(extract(epoch from "changes_since" + interval '60 s' - clock_timestamp()))::int as reset
from "account_state"
where "account_id" = $1

--- platform/http/limits.ts 6acb5d1f3f
select ceil(extract(epoch from "comments_since" + interval '60 s' - clock_timestamp()))::int as reset
from "account_state"
where "account_id" = $1

--- platform/http/limits.ts 6acb5d1f3f
select ceil(extract(epoch from "reads_since" + interval '60 s' - clock_timestamp()))::int as reset
from "account_state"
where "account_id" = $1

--- platform/http/limits.ts 6acb5d1f3f
select ceil(extract(epoch from "tickets_since" + interval '60 s' - clock_timestamp()))::int as reset
from "account_state"
where "account_id" = $1

--- platform/http/limits.ts 6acb5d1f3f
select ceil(extract(epoch from "uploads_since" + interval '60 s' - clock_timestamp()))::int as reset
from "staff_state"
where "staff_id" = $1

--- platform/http/limits.ts 6acb5d1f3f
select ceil(extract(epoch from "votes_since" + interval '60 s' - clock_timestamp()))::int as reset
from "account_state"
where "account_id" = $1

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
