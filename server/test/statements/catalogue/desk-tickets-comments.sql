-- Every statement of this folder as PostgreSQL gets it, each with the hash of its template and of the templates
-- within it. Written by "npm run statements"; server/test/statements.test.ts holds code and database against it.

--- desk/tickets/comments/add.ts a707cb97cf 03f27e3a19 214aeda254 217a11c3a2 28a4dae046 2a83447f83 3c3b30adb8 5a1288bef9 5e0363db52 6e51ffa479 725506f936 74234e98af 75d41c8158 817e9db44e b4042e5c97 d92eb408bf edd7d4c506 f15355fc33
with moved as (
    update tickets
    set
  status_key = $1,
  is_closed = $2,
  closed_at = null,
  close_reason = $3,
  is_resolved = $4,
  resolved_at = null,
  waiting_since = coalesce(waiting_since, now()),
  inactive_since = now(),
  updated_at = greatest(now(), updated_at), version = version + 1
,
  is_staff_read = $5,
  is_client_read = is_client_read and not $6::boolean,
  has_reply = has_reply or $7,
  first_response_at = first_response_at,
  vote = null
,
comment_count = comment_count + 1,
comment_bytes = comment_bytes + $8
    where account_id = $9 and number = $10
  ),
  words as (
  update ticket_search
  set words = words || (
  $11::tsvector || (
    select coalesce(array_to_tsvector(array_agg($12 || stem)), '')
    from (
      select unnest(ts_lexize('russian_stem', word)) as stem
      from unnest((select $13::text[])) as word
      union all
      select unnest(ts_lexize('english_stem', word))
      from unnest((select $14::text[])) as word
    ) as stems
  )
) || case when word_count + $15 > $16 then array_to_tsvector(array[$17]) else '' end,
      word_count = word_count + $18,
      padding = default
  where account_id = $19
    and number = $20
    and pg_column_size(words) < $21
),
  comment as (
    insert into comments (
      account_id, ticket_number, body, is_internal, is_client_author, is_client_read, author_name,
      ticket_version, staff_id, token_id, user_id, mentions
    )
    values (
      $22, $23, $24, $25, $26, $27,
      $28, $29,
      $30, $31, $32, $33::bigint[]
    )
    returning
comments.account_id, comments.id, comments.ticket_number, comments.body, comments.files, comments.is_internal,
comments.is_client_author, comments.is_client_read, comments.author_name, comments.sent_at, comments.splitted_at,
comments.splitted_to_ticket_number, comments.merged_from_ticket_number, comments.vote, comments.mentions,
comments.redacted_at, comments.redacted_by, comments.redacted_files,
case when comments.user_id is not null then (
  select jsonb_build_object('id', user_id, 'name', name, 'email', email)
  from contacts
  where contacts.account_id = comments.account_id and contacts.user_id = comments.user_id
) end as author_user
  ),
  event as (
  insert into events (
    account_id, type, is_client_visible, ticket_number, comment_id, actor_kind, staff_id, token_id, user_id, data
  )
  values (
    $34, $35, $36, $37, (select id from comment),
    $38, $39, $40, $41, $42
  )
)
  select * from comment

--- desk/tickets/comments/add.ts a707cb97cf 03f27e3a19 214aeda254 28a4dae046 2a83447f83 33f6c6272f 3c3b30adb8 472a374858 5a1288bef9 5e0363db52 6e51ffa479 725506f936 74234e98af 75d41c8158 817e9db44e 87c106a188 ab274474a6 d869847fe9 d92eb408bf edd7d4c506 f15355fc33
with moved as (
      update tickets
      set
    status_key = $1,
    is_closed = $2,
    closed_at = null,
    close_reason = $3,
    is_resolved = $4,
    resolved_at = coalesce(resolved_at, now()),
    waiting_since = null,
    inactive_since = now(),
    updated_at = greatest(now(), updated_at), version = version + 1
  ,
    is_staff_read = $5,
    is_client_read = is_client_read and not $6::boolean,
    has_reply = has_reply or $7,
    first_response_at = case when is_client_author then coalesce(first_response_at, now()) end,
    vote = vote
  ,
  comment_count = comment_count + 1,
  comment_bytes = comment_bytes + $8
      where account_id = $9 and number = $10
    ),
    words as (
    update ticket_search
    set words = words || (
    $11::tsvector || (
      select coalesce(array_to_tsvector(array_agg($12 || stem)), '')
      from (
        select unnest(ts_lexize('russian_stem', word)) as stem
        from unnest((select $13::text[])) as word
        union all
        select unnest(ts_lexize('english_stem', word))
        from unnest((select $14::text[])) as word
      ) as stems
    )
  ) || case when word_count + $15 > $16 then array_to_tsvector(array[$17]) else '' end,
        word_count = word_count + $18,
        padding = default
    where account_id = $19
      and number = $20
      and pg_column_size(words) < $21
  ),
  looked as (
  delete from mentions
  where account_id = $22 and ticket_number = $23 and staff_id = $24
),
  mentioned as (
    insert into mentions (account_id, ticket_number, staff_id)
    select $25, $26, staff_id
    from unnest($27::bigint[]) as mentioned (staff_id)
    where staff_id <> $28
    on conflict do nothing
  )
,
    comment as (
      insert into comments (
        account_id, ticket_number, body, is_internal, is_client_author, is_client_read, author_name,
        ticket_version, staff_id, token_id, user_id, mentions
      )
      values (
        $29, $30, $31, $32, $33, $34,
        $35, $36,
        $37, $38, $39, $40::bigint[]
      )
      returning
  comments.account_id, comments.id, comments.ticket_number, comments.body, comments.files, comments.is_internal,
  comments.is_client_author, comments.is_client_read, comments.author_name, comments.sent_at, comments.splitted_at,
  comments.splitted_to_ticket_number, comments.merged_from_ticket_number, comments.vote, comments.mentions,
  comments.redacted_at, comments.redacted_by, comments.redacted_files,
  case when comments.user_id is not null then (
    select jsonb_build_object('id', user_id, 'name', name, 'email', email)
    from contacts
    where contacts.account_id = comments.account_id and contacts.user_id = comments.user_id
  ) end as author_user
    ),
    event as (
    insert into events (
      account_id, type, is_client_visible, ticket_number, comment_id, actor_kind, staff_id, token_id, user_id, data
    )
    values (
      $41, $42, $43, $44, (select id from comment),
      $45, $46, $47, $48, $49
    )
  )
    select * from comment

--- desk/tickets/comments/add.ts a707cb97cf 03f27e3a19 214aeda254 2a83447f83 3c3b30adb8 404a2c2780 5a1288bef9 5e0363db52 725506f936 74234e98af 75d41c8158 817e9db44e d1be1afff8 d92eb408bf edd7d4c506 f15355fc33
with moved as (
    update tickets
    set
  status_key = $1,
  is_closed = $2,
  closed_at = null,
  close_reason = $3,
  is_resolved = $4,
  resolved_at = null,
  waiting_since = null,
  inactive_since = inactive_since,
  updated_at = greatest(now(), updated_at), version = version + 1
, is_client_read = false,
comment_count = comment_count + 1,
comment_bytes = comment_bytes + $5
    where account_id = $6 and number = $7
  ),
  words as (
  update ticket_search
  set words = words || (
  $8::tsvector || (
    select coalesce(array_to_tsvector(array_agg($9 || stem)), '')
    from (
      select unnest(ts_lexize('russian_stem', word)) as stem
      from unnest((select $10::text[])) as word
      union all
      select unnest(ts_lexize('english_stem', word))
      from unnest((select $11::text[])) as word
    ) as stems
  )
) || case when word_count + $12 > $13 then array_to_tsvector(array[$14]) else '' end,
      word_count = word_count + $15,
      padding = default
  where account_id = $16
    and number = $17
    and pg_column_size(words) < $18
),
  comment as (
    insert into comments (
      account_id, ticket_number, body, is_internal, is_client_author, is_client_read, author_name,
      ticket_version, staff_id, token_id, user_id, mentions
    )
    values (
      $19, $20, $21, $22, $23, $24,
      $25, $26,
      $27, $28, $29, $30::bigint[]
    )
    returning
comments.account_id, comments.id, comments.ticket_number, comments.body, comments.files, comments.is_internal,
comments.is_client_author, comments.is_client_read, comments.author_name, comments.sent_at, comments.splitted_at,
comments.splitted_to_ticket_number, comments.merged_from_ticket_number, comments.vote, comments.mentions,
comments.redacted_at, comments.redacted_by, comments.redacted_files,
case when comments.user_id is not null then (
  select jsonb_build_object('id', user_id, 'name', name, 'email', email)
  from contacts
  where contacts.account_id = comments.account_id and contacts.user_id = comments.user_id
) end as author_user
  ),
  event as (
  insert into events (
    account_id, type, is_client_visible, ticket_number, comment_id, actor_kind, staff_id, token_id, user_id, data
  )
  values (
    $31, $32, $33, $34, (select id from comment),
    $35, $36, $37, $38, $39
  )
)
  select * from comment

--- desk/tickets/comments/add.ts a707cb97cf 214aeda254 33f6c6272f 3c3b30adb8 75d41c8158 b1a36d25d9 d869847fe9 d92eb408bf f15355fc33
with moved as (
      update tickets
      set
  comment_count = comment_count + 1,
  comment_bytes = comment_bytes + $1
      where account_id = $2 and number = $3
    ),
    words as (select),
  looked as (
  delete from mentions
  where account_id = $4 and ticket_number = $5 and staff_id = $6
),
  mentioned as (
    insert into mentions (account_id, ticket_number, staff_id)
    select $7, $8, staff_id
    from unnest($9::bigint[]) as mentioned (staff_id)
    where staff_id <> $10
    on conflict do nothing
  )
,
    comment as (
      insert into comments (
        account_id, ticket_number, body, is_internal, is_client_author, is_client_read, author_name,
        ticket_version, staff_id, token_id, user_id, mentions
      )
      values (
        $11, $12, $13, $14, $15, $16,
        $17, $18,
        $19, $20, $21, $22::bigint[]
      )
      returning
  comments.account_id, comments.id, comments.ticket_number, comments.body, comments.files, comments.is_internal,
  comments.is_client_author, comments.is_client_read, comments.author_name, comments.sent_at, comments.splitted_at,
  comments.splitted_to_ticket_number, comments.merged_from_ticket_number, comments.vote, comments.mentions,
  comments.redacted_at, comments.redacted_by, comments.redacted_files,
  case when comments.user_id is not null then (
    select jsonb_build_object('id', user_id, 'name', name, 'email', email)
    from contacts
    where contacts.account_id = comments.account_id and contacts.user_id = comments.user_id
  ) end as author_user
    ),
    event as (
    insert into events (
      account_id, type, is_client_visible, ticket_number, comment_id, actor_kind, staff_id, token_id, user_id, data
    )
    values (
      $23, $24, $25, $26, (select id from comment),
      $27, $28, $29, $30, $31
    )
  )
    select * from comment

--- desk/tickets/comments/add.ts b1a36d25d9
select

--- desk/tickets/comments/attach.ts b7da1084c4
update comments
set files = $1
where account_id = $2 and id = $3

--- desk/tickets/comments/list.ts 76b34eb40b 11318cbb2d 5a1288bef9 6d6b5dd534 cea3221a1a f15355fc33
select
comments.account_id, comments.id, comments.ticket_number, comments.body, comments.files, comments.is_internal,
comments.is_client_author, comments.is_client_read, comments.author_name, comments.sent_at, comments.splitted_at,
comments.splitted_to_ticket_number, comments.merged_from_ticket_number, comments.vote, comments.mentions,
comments.redacted_at, comments.redacted_by, comments.redacted_files,
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

--- desk/tickets/comments/list.ts 76b34eb40b 5a1288bef9 b5bea41b6c f15355fc33
select
comments.account_id, comments.id, comments.ticket_number, comments.body, comments.files, comments.is_internal,
comments.is_client_author, comments.is_client_read, comments.author_name, comments.sent_at, comments.splitted_at,
comments.splitted_to_ticket_number, comments.merged_from_ticket_number, comments.vote, comments.mentions,
comments.redacted_at, comments.redacted_by, comments.redacted_files,
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

--- desk/tickets/comments/missed.ts c8bf513c14 0cd6dc3310 11318cbb2d 1858ce0fd7 6d6b5dd534 bf986a2107 cea3221a1a f15355fc33
select
  comments.account_id, comments.id, comments.ticket_number, comments.body, comments.files, comments.is_internal,
  comments.is_client_author, comments.is_client_read, comments.author_name, comments.sent_at, comments.splitted_at,
  comments.splitted_to_ticket_number, comments.merged_from_ticket_number, comments.vote, comments.mentions,
  comments.redacted_at, comments.redacted_by, comments.redacted_files,
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

--- desk/tickets/comments/missed.ts c8bf513c14 0cd6dc3310 6d2795d687 b5bea41b6c bf986a2107 f15355fc33
select
  comments.account_id, comments.id, comments.ticket_number, comments.body, comments.files, comments.is_internal,
  comments.is_client_author, comments.is_client_read, comments.author_name, comments.sent_at, comments.splitted_at,
  comments.splitted_to_ticket_number, comments.merged_from_ticket_number, comments.vote, comments.mentions,
  comments.redacted_at, comments.redacted_by, comments.redacted_files,
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

--- desk/tickets/comments/window.ts 8fcc09fd43 f15355fc33
select md5(coalesce(string_agg(md5(shown::text), '' order by id), '')) as md5
  from (
    select
comments.account_id, comments.id, comments.ticket_number, comments.body, comments.files, comments.is_internal,
comments.is_client_author, comments.is_client_read, comments.author_name, comments.sent_at, comments.splitted_at,
comments.splitted_to_ticket_number, comments.merged_from_ticket_number, comments.vote, comments.mentions,
comments.redacted_at, comments.redacted_by, comments.redacted_files,
case when comments.user_id is not null then (
  select jsonb_build_object('id', user_id, 'name', name, 'email', email)
  from contacts
  where contacts.account_id = comments.account_id and contacts.user_id = comments.user_id
) end as author_user
    from comments
    where comments.account_id = $1 and comments.id = any($2)
  ) as shown

--- desk/tickets/comments/window.ts aeb295e369 0cd6dc3310 11318cbb2d 6d6b5dd534 7625bb4f45 b5bea41b6c cea3221a1a e4be8d9fae e72a3ee8de f15355fc33
select
  comments.account_id, comments.id, comments.ticket_number, comments.body, comments.files, comments.is_internal,
  comments.is_client_author, comments.is_client_read, comments.author_name, comments.sent_at, comments.splitted_at,
  comments.splitted_to_ticket_number, comments.merged_from_ticket_number, comments.vote, comments.mentions,
  comments.redacted_at, comments.redacted_by, comments.redacted_files,
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

--- desk/tickets/comments/window.ts aeb295e369 0cd6dc3310 6d2795d687 7625bb4f45 b5bea41b6c f15355fc33
select
  comments.account_id, comments.id, comments.ticket_number, comments.body, comments.files, comments.is_internal,
  comments.is_client_author, comments.is_client_read, comments.author_name, comments.sent_at, comments.splitted_at,
  comments.splitted_to_ticket_number, comments.merged_from_ticket_number, comments.vote, comments.mentions,
  comments.redacted_at, comments.redacted_by, comments.redacted_files,
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

--- desk/tickets/comments/window.ts aeb295e369 0cd6dc3310 7625bb4f45 b5bea41b6c ec883b580a f15355fc33
select
  comments.account_id, comments.id, comments.ticket_number, comments.body, comments.files, comments.is_internal,
  comments.is_client_author, comments.is_client_read, comments.author_name, comments.sent_at, comments.splitted_at,
  comments.splitted_to_ticket_number, comments.merged_from_ticket_number, comments.vote, comments.mentions,
  comments.redacted_at, comments.redacted_by, comments.redacted_files,
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
