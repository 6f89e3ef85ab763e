-- Every statement of this folder as PostgreSQL gets it, each with the hash of its template and of the templates
-- within it. Written by "npm run statements"; server/test/statements.test.ts holds code and database against it.

--- people/accounts/account-search.ts 11db91bc0e 79b05a66d8 80f927272f a4704f0539 c5ef827d73
insert into account_search (account_id, user_id, words)
    values ($1, $2, ($3::tsvector || (
    select coalesce(array_to_tsvector(array_agg($4 || '=' || stem)), '')
    from (
  select stem from unnest((select $5::text[])) as word, unnest(ts_lexize('russian_stem', word)) as stem where stem <> word
  union all
  select stem from unnest((select $6::text[])) as word, unnest(ts_lexize('english_stem', word)) as stem where stem <> word
) as stems
  )))
    on conflict (account_id, user_id) do update
    set words = excluded.words
    where account_search.words <> excluded.words

--- people/accounts/account-search.ts 60de037d6c 79b05a66d8
(select account_id, user_id from account_search where words @@ (select $1::tsquery) limit $2)
union
select account_id, '' from accounts where external_id = $3

--- people/accounts/account-search.ts af4649dcce
delete from account_search
where account_id = $1 and user_id <> '' and ($2::text is null or user_id = $3)

--- people/accounts/account-search.ts fa44ed3b33 79b05a66d8
select account_id, user_id, array_agg(place::int) as has
from unnest((select $1::text[])) with ordinality as asked (query, place)
cross join lateral (
  select account_id, user_id
  from account_search
  where words @@ asked.query::tsquery
  limit $2
) as named
group by account_id, user_id

--- people/accounts/accounts.ts 1b98e973b5
insert into account_state (account_id) values ($1)

--- people/accounts/accounts.ts 62b1bb8c9a f6b08271a7
select account_id, external_id, name, email, locale, note, created_at, updated_at from accounts where external_id = $1 for update

--- people/accounts/accounts.ts 8c7a137b9b 2afe8668b0 56c588c336 b5bea41b6c f25694ac6a
select account_id, external_id, name, email, locale,
    case when true then note end as note,
    created_at, updated_at
  from accounts
  where account_id > $1 and account_id in (
  select account_id from account_search where words @@ $2::tsquery
  union
  select account_id from accounts where external_id = $3
)
  order by account_id
  limit $4

--- people/accounts/accounts.ts 8c7a137b9b 6e5556b6d9 b5bea41b6c
select account_id, external_id, name, email, locale,
  case when true then note end as note,
  created_at, updated_at
from accounts
where external_id = $1
order by account_id
limit $2

--- people/accounts/accounts.ts 8c7a137b9b 91e54041e3 b5bea41b6c
select account_id, external_id, name, email, locale,
  case when true then note end as note,
  created_at, updated_at
from accounts
where account_id = any($1::bigint[])
order by account_id
limit $2

--- people/accounts/accounts.ts 8c7a137b9b ea627f6c99 fcbcf16590
select account_id, external_id, name, email, locale,
  case when false then note end as note,
  created_at, updated_at
from accounts
where account_id = $1
order by account_id
limit $2

--- people/accounts/accounts.ts b583eb3106
select pg_advisory_xact_lock(hashtextextended($1, 0))

--- people/accounts/accounts.ts b6a1283c7d f6b08271a7
update accounts
set name = $1, email = $2, locale = $3, note = $4, updated_at = now()
where account_id = $5
returning account_id, external_id, name, email, locale, note, created_at, updated_at

--- people/accounts/accounts.ts dae6487bff 37a8eec1ce f6b08271a7
insert into accounts (external_id, name, email, locale, note)
values ($1, $2, $3, $4, default)
returning account_id, external_id, name, email, locale, note, created_at, updated_at

--- people/accounts/forget.ts 5424bf75ab
update accounts
set external_id = $1, name = 'Erased', email = null, note = null, updated_at = now()
where account_id = $2

--- people/accounts/forget.ts 6b07dbd5da
delete from account_state where account_id = $1

--- people/accounts/forget.ts 848ed15b80
delete from rate_limits where account_id = $1

--- people/accounts/forget.ts e9701dd36a
delete from account_search where account_id = $1

--- people/accounts/forget.ts ebbf9dfcec
delete from accounts where account_id = $1
