-- Every statement of this folder as PostgreSQL gets it, each with the hash of its template and of the templates
-- within it. Written by "npm run statements"; server/test/statements.test.ts holds code and database against it.

--- people/sso/bearer.ts beb582e0b1 77ee43ff99 81bbea0379 a707b9bdb7 a8f7d6eaa4
select
client_sessions.account_id, accounts.name as account_name, session_id, secret_hash,
contacts.user_id, contacts.name as user_name
  from unnest($1::bigint[], $2::bigint[]) as asked (account_id, session_id)
  join client_sessions using (account_id, session_id)
join contacts using (account_id, user_id)
join accounts using (account_id)
left join tokens on tokens.token_id = client_sessions.token_id
left join sso_keys on sso_keys.kid = client_sessions.kid
  where
client_sessions.expires_at > now()
and (
  (sso_keys.kid is not null and sso_keys.disabled_at is null)
  or (
    tokens.token_id is not null
    and tokens.disabled_at is null
    and (tokens.expires_at is null or tokens.expires_at > now())
  )
)

--- people/sso/bearer.ts c25388c971 77ee43ff99 79b05a66d8 81bbea0379 a707b9bdb7 a8f7d6eaa4
select
client_sessions.account_id, accounts.name as account_name, session_id, secret_hash,
contacts.user_id, contacts.name as user_name
  from unnest((select $1::bigint[]), (select $2::bytea[]))
    as asked (account_id, secret_hash)
  join client_sessions using (account_id, secret_hash)
join contacts using (account_id, user_id)
join accounts using (account_id)
left join tokens on tokens.token_id = client_sessions.token_id
left join sso_keys on sso_keys.kid = client_sessions.kid
  where
client_sessions.expires_at > now()
and (
  (sso_keys.kid is not null and sso_keys.disabled_at is null)
  or (
    tokens.token_id is not null
    and tokens.disabled_at is null
    and (tokens.expires_at is null or tokens.expires_at > now())
  )
)

--- people/sso/client-sessions.ts 008db5e1b9
select from tokens
where token_id = $1 and disabled_at is null and (expires_at is null or expires_at > now())
for share

--- people/sso/client-sessions.ts 06a703bd97
delete from client_sessions
where token_id = $1 or kid = $2

--- people/sso/client-sessions.ts 1becd3cf48
delete from client_sessions
where account_id = $1
returning session_id

--- people/sso/client-sessions.ts 2260a658cc 15e6019235 9969bcc786
update client_sessions
set expires_at = least(now() + interval '15 minutes', client_sessions.created_at + interval '12 hours')
where account_id = $1 and session_id = $2

--- people/sso/client-sessions.ts 2a1099495f
select from account_state where account_id = $1 for update

--- people/sso/client-sessions.ts 312df4e239
delete from sign_in_links where account_id = $1

--- people/sso/client-sessions.ts 4e0c03a2d9
select user_id
from client_sessions
where account_id = $1 and session_id = $2 and expires_at > now()
for update

--- people/sso/client-sessions.ts 503df9d536
delete from client_sessions
where account_id = $1 and session_id = $2

--- people/sso/client-sessions.ts 6655e815cf
select from sso_keys where kid = $1 and disabled_at is null for share

--- people/sso/client-sessions.ts 6e1225e1b2 15e6019235
select client_sessions.expires_at, client_sessions.created_at + interval '12 hours' as renewable_until,
  jsonb_build_object('external_id', accounts.external_id, 'name', accounts.name) as account,
  jsonb_build_object(
    'id', contacts.user_id, 'name', contacts.name, 'email', contacts.email,
    'projects', contacts.projects, 'locale', coalesce(contacts.locale, accounts.locale)
  ) as user
from client_sessions
join contacts using (account_id, user_id)
join accounts using (account_id)
where client_sessions.account_id = $1 and session_id = $2

--- people/sso/client-sessions.ts 7904c9e5d5 9969bcc786
insert into client_sessions (account_id, user_id, secret_hash, token_id, kid, expires_at)
select
  $1, $2, $3, $4, $5,
  now() + interval '15 minutes'
where (
  select count(*)
  from client_sessions
  where account_id = $6 and expires_at > now()
) < $7
returning session_id

--- people/sso/client-sessions.ts 9b3dad6d7d
insert into contacts (account_id, user_id, name, email, locale, projects)
values (
  $1, $2, $3, $4, $5, $6
)
on conflict (account_id, user_id) do update
set name = excluded.name, email = excluded.email, locale = excluded.locale,
    projects = excluded.projects, last_seen_at = now()

--- people/sso/client-sessions.ts cae50a7bc5
update contacts
set last_seen_at = now()
where account_id = $1 and user_id = $2

--- people/sso/client-sessions.ts e57aa99e01
delete from client_sessions where expires_at <= now()

--- people/sso/client-sessions.ts ea6ae20e8a a8f7d6eaa4
select session_id, client_sessions.token_id, client_sessions.kid, client_sessions.expires_at,
    client_sessions.created_at,
    jsonb_build_object('id', contacts.user_id, 'name', contacts.name, 'email', contacts.email) as user
  from client_sessions
  join contacts using (account_id, user_id)
  left join tokens on tokens.token_id = client_sessions.token_id
  left join sso_keys on sso_keys.kid = client_sessions.kid
  where client_sessions.account_id = $1 and
client_sessions.expires_at > now()
and (
  (sso_keys.kid is not null and sso_keys.disabled_at is null)
  or (
    tokens.token_id is not null
    and tokens.disabled_at is null
    and (tokens.expires_at is null or tokens.expires_at > now())
  )
)
  order by session_id desc

--- people/sso/client-sessions.ts fc4953956f
delete from sign_in_links where token_id = $1

--- people/sso/forget.ts 355181f464
delete from contacts
where account_id = $1 and ($2::text is null or user_id = $3)

--- people/sso/forget.ts 4257ef1d74
delete from sign_in_links
where account_id = $1
  and ($2::text is null or contact -> 'user' ->> 'id' = $3)

--- people/sso/forget.ts b2b3e37d46
delete from client_sessions
where account_id = $1 and ($2::text is null or user_id = $3)

--- people/sso/sign-in.ts 393bbf2cf2
insert into used_sso_tokens (kid, jti, expires_at)
values ($1, $2, to_timestamp($3))
on conflict (kid, jti) do nothing

--- people/sso/sign-in.ts 5c740e9523
select token_id
from sign_in_links
where account_id = $1 and code_hash = $2 and expires_at > now()

--- people/sso/sign-in.ts 79138f6447
insert into sign_in_links (account_id, code_hash, token_id, contact, expires_at)
values (
  $1, $2, $3, $4,
  now() + make_interval(secs => $5)
)
returning expires_at

--- people/sso/sign-in.ts 89614502c2
delete from used_sso_tokens where expires_at <= now() - interval '1 hour'

--- people/sso/sign-in.ts 9973ea1374
delete from sign_in_links
where account_id = $1 and code_hash = $2 and expires_at > now()
returning contact

--- people/sso/sign-in.ts c72f9f2476
delete from sign_in_links where expires_at <= now()

--- people/sso/signed.ts 14e15497a0
select algorithm, public_jwk, secret, issuer
from sso_keys
where kid = $1 and disabled_at is null
