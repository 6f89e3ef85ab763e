-- Every statement of this folder as PostgreSQL gets it, each with the hash of its template and of the templates
-- within it. Written by "npm run statements"; server/test/statements.test.ts holds code and database against it.

--- desk/tickets/comments/attach.ts 8ba09f6923 1cf4e4077a 731960043f 779f7cc4df aa304b5d1d b6234d2ea0 c5ef827d73 e9e3970724
with named as (
  update search_texts
  set words = search_texts.words ||
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
)
    update comments
    set files = $2
    where account_id = $3 and id = $4

--- desk/tickets/comments/list.ts 76b34eb40b 11318cbb2d 4609326857 6d6b5dd534 79b05a66d8 cea3221a1a
select
comments.account_id, comments.id, comments.ticket_number, comments.body, comments.files, comments.is_internal,
comments.is_client_author, comments.is_client_read, comments.author_name, comments.sent_at, comments.splitted_at,
comments.splitted_to_ticket_number, comments.merged_from_ticket_number, comments.vote, comments.mentions,
comments.redacted_at, comments.redacted_by, comments.redacted_files, comments.staff_id, comments.user_id,
case when comments.user_id is not null then (
  select jsonb_build_object('id', user_id, 'name', name, 'email', email)
  from contacts
  where contacts.account_id = comments.account_id and contacts.user_id = comments.user_id
) end as author_user
  from (
    select distinct *
    from unnest((select $1::bigint[]), (select $2::bigint[]))
  ) as wanted (account_id, id)
  join comments using (account_id, id)
  where comments.account_id = $3 and not comments.is_internal and not exists (
      select from tickets as hiding
      where hiding.account_id = $4
        and hiding.number = "comments"."ticket_number"
        and
"hiding"."access_level" = 'project_users'
and ("hiding"."keystone_projects" && (
  select projects from contacts where account_id = $5 and user_id = $6
)) is not true
    )

--- desk/tickets/comments/list.ts 76b34eb40b 4609326857 79b05a66d8 b5bea41b6c
select
comments.account_id, comments.id, comments.ticket_number, comments.body, comments.files, comments.is_internal,
comments.is_client_author, comments.is_client_read, comments.author_name, comments.sent_at, comments.splitted_at,
comments.splitted_to_ticket_number, comments.merged_from_ticket_number, comments.vote, comments.mentions,
comments.redacted_at, comments.redacted_by, comments.redacted_files, comments.staff_id, comments.user_id,
case when comments.user_id is not null then (
  select jsonb_build_object('id', user_id, 'name', name, 'email', email)
  from contacts
  where contacts.account_id = comments.account_id and contacts.user_id = comments.user_id
) end as author_user
  from (
    select distinct *
    from unnest((select $1::bigint[]), (select $2::bigint[]))
  ) as wanted (account_id, id)
  join comments using (account_id, id)
  where true

--- desk/tickets/comments/mark-read.ts e4e1b1412e 8e611f22be
with marked as (
  update comments
  set is_client_read = true
  where account_id = $1 and ticket_number = $2 and not is_client_read and ($3::bigint[] is null or id = any($4))
)
update tickets
set is_client_read = not exists (
  select from comments
  where account_id = $5 and ticket_number = $6 and not is_client_read and not ($7::bigint[] is null or id = any($8))
)
where account_id = $9 and number = $10

--- desk/tickets/comments/missed.ts c8bf513c14 0cd6dc3310 11318cbb2d 1858ce0fd7 4609326857 6d6b5dd534 bf986a2107 cea3221a1a
select
  comments.account_id, comments.id, comments.ticket_number, comments.body, comments.files, comments.is_internal,
  comments.is_client_author, comments.is_client_read, comments.author_name, comments.sent_at, comments.splitted_at,
  comments.splitted_to_ticket_number, comments.merged_from_ticket_number, comments.vote, comments.mentions,
  comments.redacted_at, comments.redacted_by, comments.redacted_files, comments.staff_id, comments.user_id,
  case when comments.user_id is not null then (
    select jsonb_build_object('id', user_id, 'name', name, 'email', email)
    from contacts
    where contacts.account_id = comments.account_id and contacts.user_id = comments.user_id
  ) end as author_user
, missed
    from (
      select account_id, id, count(*) over () as missed,
        row_number() over (order by id) as place,
        sum((
  octet_length(comments.body) + octet_length(comments.files::text)
  + coalesce(octet_length(comments.vote::text), 0) + 1000
)) over (order by id) as up_to
      from comments
      where
  comments.account_id = $1 and comments.ticket_number = $2 and comments.account_id = $3 and not comments.is_internal and not exists (
        select from tickets as hiding
        where hiding.account_id = $4
          and hiding.number = "comments"."ticket_number"
          and
  "hiding"."access_level" = 'project_users'
  and ("hiding"."keystone_projects" && (
    select projects from contacts where account_id = $5 and user_id = $6
  )) is not true
      )
 and comments.ticket_version > $7
    ) as sized
    join comments using (account_id, id)
    where place = 1 or (place <= $8 and up_to <= $9)
    order by id

--- desk/tickets/comments/missed.ts c8bf513c14 0cd6dc3310 1858ce0fd7 4609326857 bf986a2107 cea3221a1a
select
  comments.account_id, comments.id, comments.ticket_number, comments.body, comments.files, comments.is_internal,
  comments.is_client_author, comments.is_client_read, comments.author_name, comments.sent_at, comments.splitted_at,
  comments.splitted_to_ticket_number, comments.merged_from_ticket_number, comments.vote, comments.mentions,
  comments.redacted_at, comments.redacted_by, comments.redacted_files, comments.staff_id, comments.user_id,
  case when comments.user_id is not null then (
    select jsonb_build_object('id', user_id, 'name', name, 'email', email)
    from contacts
    where contacts.account_id = comments.account_id and contacts.user_id = comments.user_id
  ) end as author_user
, missed
    from (
      select account_id, id, count(*) over () as missed,
        row_number() over (order by id) as place,
        sum((
  octet_length(comments.body) + octet_length(comments.files::text)
  + coalesce(octet_length(comments.vote::text), 0) + 1000
)) over (order by id) as up_to
      from comments
      where
  comments.account_id = $1 and comments.ticket_number = $2 and comments.account_id = $3 and not comments.is_internal
 and comments.ticket_version > $4
    ) as sized
    join comments using (account_id, id)
    where place = 1 or (place <= $5 and up_to <= $6)
    order by id

--- desk/tickets/comments/missed.ts c8bf513c14 0cd6dc3310 4609326857 6d2795d687 b5bea41b6c bf986a2107
select
  comments.account_id, comments.id, comments.ticket_number, comments.body, comments.files, comments.is_internal,
  comments.is_client_author, comments.is_client_read, comments.author_name, comments.sent_at, comments.splitted_at,
  comments.splitted_to_ticket_number, comments.merged_from_ticket_number, comments.vote, comments.mentions,
  comments.redacted_at, comments.redacted_by, comments.redacted_files, comments.staff_id, comments.user_id,
  case when comments.user_id is not null then (
    select jsonb_build_object('id', user_id, 'name', name, 'email', email)
    from contacts
    where contacts.account_id = comments.account_id and contacts.user_id = comments.user_id
  ) end as author_user
, missed
    from (
      select account_id, id, count(*) over () as missed,
        row_number() over (order by id) as place,
        sum((
  octet_length(comments.body) + octet_length(comments.files::text)
  + coalesce(octet_length(comments.vote::text), 0) + 1000
)) over (order by id) as up_to
      from comments
      where
  comments.account_id = $1 and comments.ticket_number = $2 and true
 and comments.id > $3
    ) as sized
    join comments using (account_id, id)
    where place = 1 or (place <= $4 and up_to <= $5)
    order by id

--- desk/tickets/comments/missed.ts e6e3ba08ab b213f8946a b5bea41b6c bf986a2107
select
     coalesce(bool_or(id = $1), false) as is_known,
     coalesce(bool_or(id > $2 and not is_internal and staff_id is distinct from $3::bigint), false) as is_unfit
   from comments
   where
 comments.account_id = $4 and comments.ticket_number = $5 and true
and comments.id >= $6

--- desk/tickets/comments/redact.ts af0fa1bc0f
update comments
set body = $1, redacted_at = $2, redacted_by = $3, files = '[]',
    redacted_files = redacted_files || (
      select coalesce(jsonb_agg($4::jsonb), '[]')
      from jsonb_array_elements(files)
    )
where account_id = $5 and id = any($6::bigint[])

--- desk/tickets/comments/redact.ts f45334d4dd a9584ad0d3
with gone as (
  delete from files
  where account_id = $1 and comment_id = any($2::bigint[]) and blob = $3
  returning comment_id, uuid
)
    update comments
    set files = (
          select coalesce(jsonb_agg(file order by place), '[]')
          from jsonb_array_elements(comments.files) with ordinality as listed (file, place)
          where file ->> 'uuid' <> gone.uuid::text
        ),
        redacted_files = redacted_files || $4::jsonb
    from gone
    where comments.account_id = $5 and comments.id = gone.comment_id

--- desk/tickets/comments/window.ts aeb295e369 0cd6dc3310 11318cbb2d 4609326857 6d6b5dd534 7625bb4f45 b5bea41b6c cea3221a1a e4be8d9fae e72a3ee8de
select
  comments.account_id, comments.id, comments.ticket_number, comments.body, comments.files, comments.is_internal,
  comments.is_client_author, comments.is_client_read, comments.author_name, comments.sent_at, comments.splitted_at,
  comments.splitted_to_ticket_number, comments.merged_from_ticket_number, comments.vote, comments.mentions,
  comments.redacted_at, comments.redacted_by, comments.redacted_files, comments.staff_id, comments.user_id,
  case when comments.user_id is not null then (
    select jsonb_build_object('id', user_id, 'name', name, 'email', email)
    from contacts
    where contacts.account_id = comments.account_id and contacts.user_id = comments.user_id
  ) end as author_user
, tickets.account_id, tickets.number, tickets.merged_at, tickets.merged_into_ticket_number,
      tickets.version,
      listed.id, listed.is_client_read as was_read, listed.size, listed.up_to, coalesce(listed.total, 0) as total
    from tickets
    left join lateral (
      select *, sum(size) over (order by id) as up_to, sum(size) over () as total
      from (
        select id, is_client_read, (
  octet_length(comments.body) + octet_length(comments.files::text)
  + coalesce(octet_length(comments.vote::text), 0) + 1000
) as size
        from comments
        where comments.account_id = tickets.account_id and comments.ticket_number = tickets.number and
    true
    and true
    and comments.account_id = $1 and not comments.is_internal and not exists (
        select from tickets as hiding
        where hiding.account_id = $2
          and hiding.number = "comments"."ticket_number"
          and
  "hiding"."access_level" = 'project_users'
  and ("hiding"."keystone_projects" && (
    select projects from contacts where account_id = $3 and user_id = $4
  )) is not true
      )
        union all
        select id, is_client_read, (
  octet_length(comments.body) + octet_length(comments.files::text)
  + coalesce(octet_length(comments.vote::text), 0) + 1000
)
        from comments
        where tickets.merged_at is not null
          and comments.account_id = tickets.account_id
          and comments.merged_from_ticket_number = tickets.number
          and
    true
    and true
    and comments.account_id = $5 and not comments.is_internal and not exists (
        select from tickets as hiding
        where hiding.account_id = $6
          and hiding.number = "comments"."ticket_number"
          and
  "hiding"."access_level" = 'project_users'
  and ("hiding"."keystone_projects" && (
    select projects from contacts where account_id = $7 and user_id = $8
  )) is not true
      )
        order by id
        limit $9
      ) as sized
    ) as listed on true
    left join comments
      on comments.account_id = tickets.account_id
      and comments.id = listed.id
      and listed.total <= $10
    where tickets.number = $11 and tickets.account_id = $12 and not (
  "tickets"."access_level" = 'project_users'
  and ("tickets"."keystone_projects" && (
    select projects from contacts where account_id = $13 and user_id = $14
  )) is not true
)
    order by listed.id

--- desk/tickets/comments/window.ts aeb295e369 0cd6dc3310 4609326857 6d2795d687 7625bb4f45 b5bea41b6c
select
  comments.account_id, comments.id, comments.ticket_number, comments.body, comments.files, comments.is_internal,
  comments.is_client_author, comments.is_client_read, comments.author_name, comments.sent_at, comments.splitted_at,
  comments.splitted_to_ticket_number, comments.merged_from_ticket_number, comments.vote, comments.mentions,
  comments.redacted_at, comments.redacted_by, comments.redacted_files, comments.staff_id, comments.user_id,
  case when comments.user_id is not null then (
    select jsonb_build_object('id', user_id, 'name', name, 'email', email)
    from contacts
    where contacts.account_id = comments.account_id and contacts.user_id = comments.user_id
  ) end as author_user
, tickets.account_id, tickets.number, tickets.merged_at, tickets.merged_into_ticket_number,
      tickets.version,
      listed.id, listed.is_client_read as was_read, listed.size, listed.up_to, coalesce(listed.total, 0) as total
    from tickets
    left join lateral (
      select *, sum(size) over (order by id) as up_to, sum(size) over () as total
      from (
        select id, is_client_read, (
  octet_length(comments.body) + octet_length(comments.files::text)
  + coalesce(octet_length(comments.vote::text), 0) + 1000
) as size
        from comments
        where comments.account_id = tickets.account_id and comments.ticket_number = tickets.number and
    comments.id > $1
    and true
    and true
        union all
        select id, is_client_read, (
  octet_length(comments.body) + octet_length(comments.files::text)
  + coalesce(octet_length(comments.vote::text), 0) + 1000
)
        from comments
        where tickets.merged_at is not null
          and comments.account_id = tickets.account_id
          and comments.merged_from_ticket_number = tickets.number
          and
    comments.id > $2
    and true
    and true
        order by id
        limit $3
      ) as sized
    ) as listed on true
    left join comments
      on comments.account_id = tickets.account_id
      and comments.id = listed.id
      and listed.total <= $4
    where tickets.number = $5 and true
    order by listed.id

--- desk/tickets/comments/window.ts aeb295e369 0cd6dc3310 4609326857 7625bb4f45 b5bea41b6c ec883b580a
select
  comments.account_id, comments.id, comments.ticket_number, comments.body, comments.files, comments.is_internal,
  comments.is_client_author, comments.is_client_read, comments.author_name, comments.sent_at, comments.splitted_at,
  comments.splitted_to_ticket_number, comments.merged_from_ticket_number, comments.vote, comments.mentions,
  comments.redacted_at, comments.redacted_by, comments.redacted_files, comments.staff_id, comments.user_id,
  case when comments.user_id is not null then (
    select jsonb_build_object('id', user_id, 'name', name, 'email', email)
    from contacts
    where contacts.account_id = comments.account_id and contacts.user_id = comments.user_id
  ) end as author_user
, tickets.account_id, tickets.number, tickets.merged_at, tickets.merged_into_ticket_number,
      tickets.version,
      listed.id, listed.is_client_read as was_read, listed.size, listed.up_to, coalesce(listed.total, 0) as total
    from tickets
    left join lateral (
      select *, sum(size) over (order by id desc) as up_to, sum(size) over () as total
      from (
        select id, is_client_read, (
  octet_length(comments.body) + octet_length(comments.files::text)
  + coalesce(octet_length(comments.vote::text), 0) + 1000
) as size
        from comments
        where comments.account_id = tickets.account_id and comments.ticket_number = tickets.number and
    true
    and comments.id < $1
    and true
        union all
        select id, is_client_read, (
  octet_length(comments.body) + octet_length(comments.files::text)
  + coalesce(octet_length(comments.vote::text), 0) + 1000
)
        from comments
        where tickets.merged_at is not null
          and comments.account_id = tickets.account_id
          and comments.merged_from_ticket_number = tickets.number
          and
    true
    and comments.id < $2
    and true
        order by id desc
        limit $3
      ) as sized
    ) as listed on true
    left join comments
      on comments.account_id = tickets.account_id
      and comments.id = listed.id
      and listed.total <= $4
    where tickets.number = $5 and true
    order by listed.id desc

--- desk/tickets/comments/window.ts bf8dd10cc7 4609326857
select md5(coalesce(string_agg(md5(shown::text), '' order by id), '')) as md5
    from (
      select
  comments.account_id, comments.id, comments.ticket_number, comments.body, comments.files, comments.is_internal,
  comments.is_client_author, comments.is_client_read, comments.author_name, comments.sent_at, comments.splitted_at,
  comments.splitted_to_ticket_number, comments.merged_from_ticket_number, comments.vote, comments.mentions,
  comments.redacted_at, comments.redacted_by, comments.redacted_files, comments.staff_id, comments.user_id,
  case when comments.user_id is not null then (
    select jsonb_build_object('id', user_id, 'name', name, 'email', email)
    from contacts
    where contacts.account_id = comments.account_id and contacts.user_id = comments.user_id
  ) end as author_user
, sent_at > $1 as is_recent
      from comments
      where comments.account_id = $2 and comments.id = any($3)
    ) as shown

--- desk/tickets/comments/write.ts e1e653a02c 217a11c3a2 28a4dae046 3b4a8c2d5a 4609326857 4dbed96f72 4df3f37557 6422c7a407 6b86b273ff 6e51ffa479 74234e98af 779f7cc4df aa304b5d1d b210f1af00 b4042e5c97 b6234d2ea0 bff290d5dd c5ef827d73 ccc0e8da6b d92eb408bf d9a95e27d8 e9e7e37fe7
with wanted as (
      select *
      from jsonb_to_recordset($1) as wanted (
        account_id bigint, number bigint, body text, bytes int, author_name text, ticket_version int,
        vector text, stems jsonb, actor_kind text, staff_id bigint, token_id bigint, user_id text
      )
    ), moved as (
      update tickets
      set
    status_key = $2,
    is_closed = $3,
    closed_at = null,
    close_reason = $4,
    is_resolved = $5::boolean,
    resolved_at = case when $6::boolean then coalesce(resolved_at, now()) end,
    waiting_since = coalesce(waiting_since, now()),
    inactive_since = now(),
    updated_at = greatest(now(), updated_at), version = version + 1
  ,
    is_staff_read = $7,
    is_client_read = is_client_read and not $8::boolean,
    has_reply = has_reply or $9,
    first_response_at = first_response_at,
    vote = null
  ,
          comment_count = comment_count + 1, comment_bytes = comment_bytes + wanted.bytes
      from wanted
      where tickets.account_id = wanted.account_id and tickets.number = wanted.number
    ),
    comment as (
      insert into comments (
        account_id, ticket_number, body, is_internal, is_client_author, is_client_read, author_name,
        ticket_version, staff_id, token_id, user_id, mentions
      )
      select
        account_id, number, body, $10, actor_kind = 'client', actor_kind = 'client' or $11, author_name,
        ticket_version, staff_id, token_id, user_id, $12::bigint[]
      from wanted
      order by account_id, number
      returning
  comments.account_id, comments.id, comments.ticket_number, comments.body, comments.files, comments.is_internal,
  comments.is_client_author, comments.is_client_read, comments.author_name, comments.sent_at, comments.splitted_at,
  comments.splitted_to_ticket_number, comments.merged_from_ticket_number, comments.vote, comments.mentions,
  comments.redacted_at, comments.redacted_by, comments.redacted_files, comments.staff_id, comments.user_id,
  case when comments.user_id is not null then (
    select jsonb_build_object('id', user_id, 'name', name, 'email', email)
    from contacts
    where contacts.account_id = comments.account_id and contacts.user_id = comments.user_id
  ) end as author_user
    ), written as (
      select wanted.*, comment.id as comment_id, $13::jsonb as data
      from wanted
      join comment on comment.account_id = wanted.account_id and comment.ticket_number = wanted.number
    ),
    text as (
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
  from written as text
),
    event as (
    insert into events (
      account_id, type, is_client_visible, ticket_number, comment_id, actor_kind, staff_id, token_id, user_id, data
    )
    select
      account_id, $14, $15, number, comment_id,
      actor_kind, staff_id, token_id, user_id, data
    from (select * from written order by comment_id) as written
  )
    select * from comment order by id

--- desk/tickets/comments/write.ts e1e653a02c 28a4dae046 3b4a8c2d5a 4609326857 4dbed96f72 4df3f37557 6422c7a407 6b86b273ff 6e51ffa479 74234e98af 779f7cc4df 87c106a188 9c3cb405ad aa304b5d1d ab274474a6 b210f1af00 b6234d2ea0 bff290d5dd c5ef827d73 ca9066873b ccc0e8da6b d92eb408bf d9a95e27d8 e9e7e37fe7 f524fa29a5
with wanted as (
      select *
      from jsonb_to_recordset($1) as wanted (
        account_id bigint, number bigint, body text, bytes int, author_name text, ticket_version int,
        vector text, stems jsonb, actor_kind text, staff_id bigint, token_id bigint, user_id text
      )
    ), moved as (
      update tickets
      set
    status_key = $2,
    is_closed = $3,
    closed_at = null,
    close_reason = $4,
    is_resolved = $5::boolean,
    resolved_at = case when $6::boolean then coalesce(resolved_at, now()) end,
    waiting_since = null,
    inactive_since = now(),
    updated_at = greatest(now(), updated_at), version = version + 1
  ,
    is_staff_read = $7,
    is_client_read = is_client_read and not $8::boolean,
    has_reply = has_reply or $9,
    first_response_at = case when is_client_author then coalesce(first_response_at, now()) end,
    vote = vote
  ,
          comment_count = comment_count + 1, comment_bytes = comment_bytes + wanted.bytes
      from wanted
      where tickets.account_id = wanted.account_id and tickets.number = wanted.number
    ),
  looked as (
  delete from mentions
  using wanted
  where mentions.account_id = wanted.account_id and ticket_number = wanted.number
    and mentions.staff_id = $10
  returning wanted.account_id, wanted.number
),
  mentioned as (
    insert into mentions (account_id, ticket_number, staff_id)
    select account_id, number, mentioned.staff_id
    from wanted
    cross join unnest($11::bigint[]) as mentioned (staff_id)
    where mentioned.staff_id <> $12
    on conflict do nothing
  )
,
    comment as (
      insert into comments (
        account_id, ticket_number, body, is_internal, is_client_author, is_client_read, author_name,
        ticket_version, staff_id, token_id, user_id, mentions
      )
      select
        account_id, number, body, $13, actor_kind = 'client', actor_kind = 'client' or $14, author_name,
        ticket_version, staff_id, token_id, user_id, $15::bigint[]
      from wanted
      order by account_id, number
      returning
  comments.account_id, comments.id, comments.ticket_number, comments.body, comments.files, comments.is_internal,
  comments.is_client_author, comments.is_client_read, comments.author_name, comments.sent_at, comments.splitted_at,
  comments.splitted_to_ticket_number, comments.merged_from_ticket_number, comments.vote, comments.mentions,
  comments.redacted_at, comments.redacted_by, comments.redacted_files, comments.staff_id, comments.user_id,
  case when comments.user_id is not null then (
    select jsonb_build_object('id', user_id, 'name', name, 'email', email)
    from contacts
    where contacts.account_id = comments.account_id and contacts.user_id = comments.user_id
  ) end as author_user
    ), written as (
      select wanted.*, comment.id as comment_id, $16::jsonb as data
      from wanted
      join comment on comment.account_id = wanted.account_id and comment.ticket_number = wanted.number
    ),
    text as (
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
  from written as text
),
    event as (
    insert into events (
      account_id, type, is_client_visible, ticket_number, comment_id, actor_kind, staff_id, token_id, user_id, data
    )
    select
      account_id, $17, $18, number, comment_id,
      actor_kind, staff_id, token_id, user_id, data
    from (select * from written order by comment_id) as written
  )
    select * from comment order by id

--- desk/tickets/comments/write.ts e1e653a02c 3b4a8c2d5a 404a2c2780 4609326857 4dbed96f72 4df3f37557 6422c7a407 6b86b273ff 74234e98af 779f7cc4df aa304b5d1d b210f1af00 b6234d2ea0 bff290d5dd c5ef827d73 ccc0e8da6b d1be1afff8 d92eb408bf d9a95e27d8 e9e7e37fe7
with wanted as (
      select *
      from jsonb_to_recordset($1) as wanted (
        account_id bigint, number bigint, body text, bytes int, author_name text, ticket_version int,
        vector text, stems jsonb, actor_kind text, staff_id bigint, token_id bigint, user_id text
      )
    ), moved as (
      update tickets
      set
    status_key = $2,
    is_closed = $3,
    closed_at = null,
    close_reason = $4,
    is_resolved = $5::boolean,
    resolved_at = case when $6::boolean then coalesce(resolved_at, now()) end,
    waiting_since = null,
    inactive_since = inactive_since,
    updated_at = greatest(now(), updated_at), version = version + 1
  , is_client_read = false,
          comment_count = comment_count + 1, comment_bytes = comment_bytes + wanted.bytes
      from wanted
      where tickets.account_id = wanted.account_id and tickets.number = wanted.number
    ),
    comment as (
      insert into comments (
        account_id, ticket_number, body, is_internal, is_client_author, is_client_read, author_name,
        ticket_version, staff_id, token_id, user_id, mentions
      )
      select
        account_id, number, body, $7, actor_kind = 'client', actor_kind = 'client' or $8, author_name,
        ticket_version, staff_id, token_id, user_id, $9::bigint[]
      from wanted
      order by account_id, number
      returning
  comments.account_id, comments.id, comments.ticket_number, comments.body, comments.files, comments.is_internal,
  comments.is_client_author, comments.is_client_read, comments.author_name, comments.sent_at, comments.splitted_at,
  comments.splitted_to_ticket_number, comments.merged_from_ticket_number, comments.vote, comments.mentions,
  comments.redacted_at, comments.redacted_by, comments.redacted_files, comments.staff_id, comments.user_id,
  case when comments.user_id is not null then (
    select jsonb_build_object('id', user_id, 'name', name, 'email', email)
    from contacts
    where contacts.account_id = comments.account_id and contacts.user_id = comments.user_id
  ) end as author_user
    ), written as (
      select wanted.*, comment.id as comment_id, $10::jsonb as data
      from wanted
      join comment on comment.account_id = wanted.account_id and comment.ticket_number = wanted.number
    ),
    text as (
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
  from written as text
),
    event as (
    insert into events (
      account_id, type, is_client_visible, ticket_number, comment_id, actor_kind, staff_id, token_id, user_id, data
    )
    select
      account_id, $11, $12, number, comment_id,
      actor_kind, staff_id, token_id, user_id, data
    from (select * from written order by comment_id) as written
  )
    select * from comment order by id
