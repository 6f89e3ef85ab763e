-- Every statement of this folder as PostgreSQL gets it, each with the hash of its template and of the templates
-- within it. Written by "npm run statements"; server/test/statements.test.ts holds code and database against it.

--- platform/db/database.ts fa4c49ec1d
select from pg_extension where extname = 'citus'

--- platform/db/outage.ts b1a36d25d9
select

--- platform/db/track-last-use.ts 02106b0bfd
update "staff_sessions"
set last_used_at = now()
where "session_id" = any($1)
  and (last_used_at is null or last_used_at < now() - interval '1 minute')

--- platform/db/track-last-use.ts 02106b0bfd
update "tokens"
set last_used_at = now()
where "token_id" = any($1)
  and (last_used_at is null or last_used_at < now() - interval '1 minute')
