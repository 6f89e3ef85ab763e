-- Every statement of this folder as PostgreSQL gets it, each with the hash of its template and of the templates
-- within it. Written by "npm run statements"; server/test/statements.test.ts holds code and database against it.

--- desk/search/matches.ts 4412e5ad7b 79b05a66d8
select term, (
  select count(*)
  from (select from search_texts where words @@ term::tsquery limit 2000) as counted
) as texts
from unnest((select $1::text[])) as term
order by texts

--- desk/search/reindex.ts 3c6c0681aa
select account_id, number
from tickets
where number > $1::bigint
order by number
limit 1

--- desk/search/reindex.ts a7d1a96b0e
select from tickets where account_id = $1 and number = $2 for update

--- desk/search/sort-in.ts 3a3484d98e
select gin_clean_pending_list('search_texts_words')
where pg_try_advisory_xact_lock(hashtextextended('search_texts_words', 0))

--- desk/search/texts.ts 4df3f37557 779f7cc4df aa304b5d1d b6234d2ea0 c5ef827d73 e9e3970724
insert into search_texts (account_id, number, comment_id, words)
  select account_id, number, comment_id,
  text.vector::tsvector || (
    select coalesce(array_to_tsvector(array_agg(prefix || '=' || stem)), '')
    from jsonb_to_recordset(text.stems) as part (prefixes text[], russian text[], english text[])
    cross join lateral (
  select stem from unnest(russian) as word, unnest(ts_lexize('russian_stem', word)) as stem where stem <> word
  union all
  select stem from unnest(english) as word, unnest(ts_lexize('english_stem', word)) as stem where stem <> word
) as stems
    cross join unnest(prefixes) as prefix
  ) || case when text.comment_id = 0
    then array_to_tsvector(array['#' || text.number, ':' || text.account_id || ':#' || text.number])
    else ''
  end
  from (
  select *
  from jsonb_to_recordset($1) as given (
    account_id bigint, number bigint, comment_id bigint, vector text, stems jsonb
  )
) as text

--- desk/search/texts.ts 9694d65217 239b530d43 353feb03a4 90fb2eb8fa
select number, comment_id, body, is_internal, client_aliased_name, client_emails, last_id > comment_id as has_more,
        coalesce((select string_agg(file ->> 'name', ' ') from jsonb_array_elements(files) as file), '') as file_names
      from (
        select texts.*, row_number() over in_order as place, max(comment_id) over () as last_id,
          sum(octet_length(body)) over in_order as up_to
        from (
  select number, 0::bigint as comment_id, false as is_internal, '[]'::jsonb as files,
    case when coalesce(merged_into_ticket_number = splitted_from_ticket_number, false) then '' else summary end as body,
    case when not coalesce(merged_into_ticket_number = splitted_from_ticket_number, false) then client_aliased_name end as client_aliased_name,
    case when coalesce(merged_into_ticket_number = splitted_from_ticket_number, false) then '{}' else client_emails end as client_emails
  from tickets
  where account_id = $1
  union all
  select ticket_number, id, is_internal, files, body, null, '{}'
  from comments
  where account_id = $2
    and not exists (
      select from tickets
      where tickets.account_id = $3 and tickets.number = ticket_number and coalesce(merged_into_ticket_number = splitted_from_ticket_number, false)
    )
) as texts
        where comment_id > $4 and number = $5
        window in_order as (order by comment_id, number)
      ) as sized
      where place = 1 or comment_id = 0 or up_to <= $6
      order by comment_id, number

--- desk/search/texts.ts 9694d65217 353feb03a4 7eaa90ed83 90fb2eb8fa
select number, comment_id, body, is_internal, client_aliased_name, client_emails, last_id > comment_id as has_more,
        coalesce((select string_agg(file ->> 'name', ' ') from jsonb_array_elements(files) as file), '') as file_names
      from (
        select texts.*, row_number() over in_order as place, max(comment_id) over () as last_id,
          sum(octet_length(body)) over in_order as up_to
        from (
  select number, 0::bigint as comment_id, false as is_internal, '[]'::jsonb as files,
    case when coalesce(merged_into_ticket_number = splitted_from_ticket_number, false) then '' else summary end as body,
    case when not coalesce(merged_into_ticket_number = splitted_from_ticket_number, false) then client_aliased_name end as client_aliased_name,
    case when coalesce(merged_into_ticket_number = splitted_from_ticket_number, false) then '{}' else client_emails end as client_emails
  from tickets
  where account_id = $1
  union all
  select ticket_number, id, is_internal, files, body, null, '{}'
  from comments
  where account_id = $2
    and not exists (
      select from tickets
      where tickets.account_id = $3 and tickets.number = ticket_number and coalesce(merged_into_ticket_number = splitted_from_ticket_number, false)
    )
) as texts
        where comment_id > $4 and number = any($5::bigint[]) and comment_id = 0
        window in_order as (order by comment_id, number)
      ) as sized
      where place = 1 or comment_id = 0 or up_to <= $6
      order by comment_id, number

--- desk/search/texts.ts 9694d65217 353feb03a4 90fb2eb8fa aa64f69d46
select number, comment_id, body, is_internal, client_aliased_name, client_emails, last_id > comment_id as has_more,
        coalesce((select string_agg(file ->> 'name', ' ') from jsonb_array_elements(files) as file), '') as file_names
      from (
        select texts.*, row_number() over in_order as place, max(comment_id) over () as last_id,
          sum(octet_length(body)) over in_order as up_to
        from (
  select number, 0::bigint as comment_id, false as is_internal, '[]'::jsonb as files,
    case when coalesce(merged_into_ticket_number = splitted_from_ticket_number, false) then '' else summary end as body,
    case when not coalesce(merged_into_ticket_number = splitted_from_ticket_number, false) then client_aliased_name end as client_aliased_name,
    case when coalesce(merged_into_ticket_number = splitted_from_ticket_number, false) then '{}' else client_emails end as client_emails
  from tickets
  where account_id = $1
  union all
  select ticket_number, id, is_internal, files, body, null, '{}'
  from comments
  where account_id = $2
    and not exists (
      select from tickets
      where tickets.account_id = $3 and tickets.number = ticket_number and coalesce(merged_into_ticket_number = splitted_from_ticket_number, false)
    )
) as texts
        where comment_id > $4 and comment_id = any($5::bigint[])
        window in_order as (order by comment_id, number)
      ) as sized
      where place = 1 or comment_id = 0 or up_to <= $6
      order by comment_id, number

--- desk/search/texts.ts bdd0fa2e2d 1cf4e4077a 779f7cc4df aa304b5d1d b6234d2ea0 c5ef827d73 e9e3970724
update search_texts
    set words =
  text.vector::tsvector || (
    select coalesce(array_to_tsvector(array_agg(prefix || '=' || stem)), '')
    from jsonb_to_recordset(text.stems) as part (prefixes text[], russian text[], english text[])
    cross join lateral (
  select stem from unnest(russian) as word, unnest(ts_lexize('russian_stem', word)) as stem where stem <> word
  union all
  select stem from unnest(english) as word, unnest(ts_lexize('english_stem', word)) as stem where stem <> word
) as stems
    cross join unnest(prefixes) as prefix
  ) || case when text.comment_id = 0
    then array_to_tsvector(array['#' || text.number, ':' || text.account_id || ':#' || text.number])
    else ''
  end
, padding = default
    from (
  select *
  from jsonb_to_recordset($1) as given (
    account_id bigint, number bigint, comment_id bigint, vector text, stems jsonb
  )
) as text
    where
  search_texts.account_id = text.account_id
  and search_texts.number = text.number
  and search_texts.comment_id = text.comment_id

--- desk/search/texts.ts d7645761d3
delete from search_texts
where account_id = $1 and number = $2

--- desk/search/texts.ts eaeb95f9e4
update search_texts
set number = comments.ticket_number, padding = default
from comments
where search_texts.account_id = $1
  and search_texts.number = any($2::bigint[])
  and comments.account_id = $3
  and comments.id = search_texts.comment_id
  and comments.ticket_number <> search_texts.number
