-- Every statement of this folder as PostgreSQL gets it, each with the hash of its template and of the templates
-- within it. Written by "npm run statements"; server/test/statements.test.ts holds code and database against it.

--- desk/search/cached-counts.ts 9b763dfb4d 707c0818ad
select coalesce((select max(epoch) from events where account_id = $1), 0) as epoch,
      pg_current_snapshot()::text as snapshot,
      not exists (
  select from events
  where account_id = $2
    and (epoch, xid) >= ($3::int, pg_snapshot_xmin($4::pg_snapshot))
    and (epoch > $5::int or not pg_visible_in_snapshot(xid, $6::pg_snapshot))
) as holds

--- desk/search/cached-counts.ts 9b763dfb4d fcbcf16590
select coalesce((select max(epoch) from events where account_id = $1), 0) as epoch,
pg_current_snapshot()::text as snapshot,
false as holds

--- desk/search/client-index.ts bc4a589be8 12886f9d00 132c4010ee 5a1288bef9 80f927272f a3df118206
update ticket_search
  set words = ($1::tsvector || (
  select coalesce(array_to_tsvector(array_agg($2 || '=' || stem)), '')
  from (
    select unnest(ts_lexize('russian_stem', word)) as stem
    from unnest((select $3::text[])) as word
    union all
    select unnest(ts_lexize('english_stem', word))
    from unnest((select $4::text[])) as word
  ) as stems
)) || array_to_tsvector(array[$5 || number]), word_count = $6, padding = default
  where account_id = $7 and number = $8

--- desk/search/client-index.ts f6f743c3e6
insert into ticket_search (account_id, number, is_closed, words)
values ($1, $2, $3, '')

--- desk/search/reindex.ts 0e8443ac97 b4dcd6cc0d
select
    from tickets
    where account_id = $1 and number = $2 and version = $3 and staff_version = $4
      and (
  select coalesce(max(id), 0)
  from comments
  where comments.account_id = tickets.account_id and comments.ticket_number = tickets.number
) = $5

--- desk/search/reindex.ts 8479ba5820 b4dcd6cc0d
select account_id, number, version, staff_version, (
  select coalesce(max(id), 0)
  from comments
  where comments.account_id = tickets.account_id and comments.ticket_number = tickets.number
) as last_comment_id
    from tickets
    where number > $1::bigint
    order by number
    limit 1

--- desk/search/reindex.ts a7d1a96b0e
select from tickets where account_id = $1 and number = $2 for update

--- desk/search/staff-index.ts 350e2b042e 6f49cdbd80 793cf09fe1 bcf58de6b0 d778ee528a
with given as (
    select *
    from unnest(
      $1::bigint[],
      $2::bigint[],
      $3::text[],
      $4::int[]
    ) as given (account_id, number, vector, word_count)
  ), stems as (
    select account_id, number, array_to_tsvector(array_agg('=' || stem)) as vector
    from (
      select account_id, number, unnest(ts_lexize('russian_stem', word)) as stem
      from
unnest(
  $5::bigint[],
  $6::bigint[],
  $7::text[]
) as words (account_id, number, word)
      union all
      select account_id, number, unnest(ts_lexize('english_stem', word))
      from
unnest(
  $8::bigint[],
  $9::bigint[],
  $10::text[]
) as words (account_id, number, word)
    ) as stems
    group by account_id, number
  )
  insert into staff_search (account_id, number, words, word_count)
  select account_id, number, given.vector::tsvector || coalesce(stems.vector, ''), word_count
  from given
  left join stems using (account_id, number)
  on conflict (account_id, number) do update
  set words = case when $11 then excluded.words else
        staff_search.words || excluded.words
          || case when staff_search.word_count + excluded.word_count > $12 then array_to_tsvector(array['' || $13]) else '' end
      end,
      word_count = excluded.word_count + case when $14 then 0 else staff_search.word_count end,
      padding = default
  where $15 or pg_column_size(staff_search.words) < $16

--- desk/search/staff-index.ts 6b93c847d2
select number
from staff_search
where words @@ $1::tsquery
limit $2

--- desk/search/staff-index.ts 71797de283 5d96e09018 b3f3dc484e
select account_id, ticket_number as number, unnest(array[coalesce(
  (select string_agg(file ->> 'name', ' ') from jsonb_array_elements(comments.files) as file), ''
), body]) as text
    from comments
    where (account_id, id) in (
  select *
  from unnest($1::bigint[], $2::bigint[])
)

--- desk/search/staff-index.ts 7e61138a23
delete from staff_search
where account_id = $1 and number = any($2::bigint[])

--- desk/search/ticket-texts.ts e273710147 b3f3dc484e
with asked as (
      select account_id, number, summary, client_aliased_name, client_emails,
        coalesce(merged_into_ticket_number = splitted_from_ticket_number, false) as has_gone_back
      from tickets
      where (account_id, number) in (
        select *
        from unnest(
          $1::bigint[],
          $2::bigint[]
        )
      )
    )
    select account_id, number, text, is_internal
    from (
      select account_id, number, 0 as place, case when has_gone_back then '' else summary end as text, false as is_internal
      from asked
      union all
      select account_id, number, 1, client_aliased_name, false
      from asked
      where client_aliased_name is not null and not has_gone_back
      union all
      select account_id, number, 2, unnest(client_emails), true
      from asked
      where not has_gone_back
      union all
      select account_id, number, id, unnest(array[names, body]), unnest(array[true, is_internal])
      from asked
      cross join lateral (
        select id, body, is_internal, coalesce(
  (select string_agg(file ->> 'name', ' ') from jsonb_array_elements(comments.files) as file), ''
) as names, sum(octet_length(body)) over (order by id) as bytes
        from comments
        where comments.account_id = asked.account_id and comments.ticket_number = asked.number
      ) as written
      where bytes < $3 and not has_gone_back
    ) as texts
    order by number, place
