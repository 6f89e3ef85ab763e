-- Every statement of this folder as PostgreSQL gets it, each with the hash of its template and of the templates
-- within it. Written by "npm run statements"; server/test/statements.test.ts holds code and database against it.

--- desk/feed/feed.ts d02e8e886b 0113ead5c8 04fdea62fc 0cd6dc3310 0e55bb0587 2deb46bc7a 539b1084e7 56d20a3d3c 56e72c3449 69918224c4 6ca7fe32a3 772e532085 a4a69b2da1 ad2de3e64a b3b71a9697
select *
    from (
    select page.*, count(*) over () as found, row_number() over (order by page.epoch, page.xid, page.id) as place,
      sum((
  2000 + coalesce((
  octet_length(comments.body) + octet_length(comments.files::text)
  + coalesce(octet_length(comments.vote::text), 0) + 1000
), 0) + coalesce(octet_length(tickets.vote::text), 0)
  + coalesce(octet_length(page.data::text), 0)
)) over (order by page.epoch, page.xid, page.id) as up_to
    from (
      select epoch || '.' || xid || '.' || id as cursor,
        type, created_at, actor_kind, account_id, staff_id, token_id, user_id, ticket_number, comment_id,
  case
    when events.type = $1 then events.data - $2::text[]
    else events.data
  end
 as data,
        epoch, xid, id
      from events
      where (epoch, xid, id) > ((select $3::int), (select $4::xid8), (select $5::bigint))
        and (xid < coalesce(
  (
    select running
    from pg_snapshot_xip(pg_current_snapshot()) as running
    where not exists (
      select from pg_stat_activity
      where datid <> (select oid from pg_database where datname = current_database())
        and backend_xid::text::bigint = (running::text::numeric % 4294967296)::bigint
    )
    order by running
    limit 1
  ),
  pg_snapshot_xmax(pg_current_snapshot())
) or epoch < (
  select pg_get_expr(adbin, adrelid)::int
  from pg_attrdef
  join pg_attribute on attrelid = adrelid and attnum = adnum
  where adrelid = 'events'::regclass and attname = 'epoch'
))
        and (events.staff_id = $6 or ((
  events.type <> all($7)
  or coalesce(events.data ->> 'is_shared', events.data -> 'before' ->> 'is_shared') is distinct from 'false'
) and not events.type = any($8)))
      order by epoch, events.xid, id
      limit $9
    ) as page
    left join tickets on tickets.account_id = page.account_id and tickets.number = page.ticket_number
    left join comments on comments.account_id = page.account_id and comments.id = page.comment_id
    ) as sized
    where place = 1 or up_to <= $10
    order by place

--- desk/feed/feed.ts d02e8e886b 04fdea62fc 0cd6dc3310 0e55bb0587 11318cbb2d 56d20a3d3c 69918224c4 6ca7fe32a3 6d6b5dd534 772e532085 8f90f011c8 a4a69b2da1 ad2de3e64a
select *
    from (
    select page.*, count(*) over () as found, row_number() over (order by page.epoch, page.xid, page.id) as place,
      sum((
  2000 + coalesce((
  octet_length(comments.body) + octet_length(comments.files::text)
  + coalesce(octet_length(comments.vote::text), 0) + 1000
), 0) + coalesce(octet_length(tickets.vote::text), 0)
  + coalesce(octet_length(page.data::text), 0)
)) over (order by page.epoch, page.xid, page.id) as up_to
    from (
      select epoch || '.' || xid || '.' || id as cursor,
        type, created_at, actor_kind, account_id, staff_id, token_id, user_id, ticket_number, comment_id,
  case
    when events.type = $1 then events.data - $2::text[]
    else events.data
  end
 as data,
        epoch, xid, id
      from events
      where (epoch, xid, id) > ((select $3::int), (select $4::xid8), (select $5::bigint))
        and (xid < coalesce(
  (
    select running
    from pg_snapshot_xip(pg_current_snapshot()) as running
    where not exists (
      select from pg_stat_activity
      where datid <> (select oid from pg_database where datname = current_database())
        and backend_xid::text::bigint = (running::text::numeric % 4294967296)::bigint
    )
    order by running
    limit 1
  ),
  pg_snapshot_xmax(pg_current_snapshot())
) or epoch < (
  select pg_get_expr(adbin, adrelid)::int
  from pg_attrdef
  join pg_attribute on attrelid = adrelid and attnum = adnum
  where adrelid = 'events'::regclass and attname = 'epoch'
))
        and events.account_id = $6 and events.is_client_visible and not exists (
        select from tickets as hiding
        where hiding.account_id = $7
          and hiding.number = "events"."ticket_number"
          and
  "hiding"."access_level" = 'project_users'
  and ("hiding"."keystone_projects" && (
    select projects from contacts where account_id = $8 and user_id = $9
  )) is not true
      )
      order by epoch, events.xid, id
      limit $10
    ) as page
    left join tickets on tickets.account_id = page.account_id and tickets.number = page.ticket_number
    left join comments on comments.account_id = page.account_id and comments.id = page.comment_id
    ) as sized
    where place = 1 or up_to <= $11
    order by place

--- desk/feed/feed.ts d02e8e886b 04fdea62fc 0cd6dc3310 0e55bb0587 2deb46bc7a 56e72c3449 69918224c4 6ca7fe32a3 772e532085 8b36391ebe a4a69b2da1 b3b71a9697
select *
    from (
    select page.*, count(*) over () as found, row_number() over (order by page.epoch, page.xid, page.id) as place,
      sum((
  2000 + coalesce((
  octet_length(comments.body) + octet_length(comments.files::text)
  + coalesce(octet_length(comments.vote::text), 0) + 1000
), 0) + coalesce(octet_length(tickets.vote::text), 0)
  + coalesce(octet_length(page.data::text), 0)
)) over (order by page.epoch, page.xid, page.id) as up_to
    from (
      select epoch || '.' || xid || '.' || id as cursor,
        type, created_at, actor_kind, account_id, staff_id, token_id, user_id, ticket_number, comment_id,
        events.data as data,
        epoch, xid, id
      from events
      where (epoch, xid, id) > ((select $1::int), (select $2::xid8), (select $3::bigint))
        and (xid < coalesce(
  (
    select running
    from pg_snapshot_xip(pg_current_snapshot()) as running
    where not exists (
      select from pg_stat_activity
      where datid <> (select oid from pg_database where datname = current_database())
        and backend_xid::text::bigint = (running::text::numeric % 4294967296)::bigint
    )
    order by running
    limit 1
  ),
  pg_snapshot_xmax(pg_current_snapshot())
) or epoch < (
  select pg_get_expr(adbin, adrelid)::int
  from pg_attrdef
  join pg_attribute on attrelid = adrelid and attnum = adnum
  where adrelid = 'events'::regclass and attname = 'epoch'
))
        and (events.staff_id = $4 or (
  events.type <> all($5)
  or coalesce(events.data ->> 'is_shared', events.data -> 'before' ->> 'is_shared') is distinct from 'false'
))
      order by epoch, events.xid, id
      limit $6
    ) as page
    left join tickets on tickets.account_id = page.account_id and tickets.number = page.ticket_number
    left join comments on comments.account_id = page.account_id and comments.id = page.comment_id
    ) as sized
    where place = 1 or up_to <= $7
    order by place

--- desk/feed/feed.ts d02e8e886b 04fdea62fc 0cd6dc3310 0e55bb0587 56d20a3d3c 69918224c4 6ca7fe32a3 772e532085 8f90f011c8 a4a69b2da1 ad2de3e64a
select *
    from (
    select page.*, count(*) over () as found, row_number() over (order by page.epoch, page.xid, page.id) as place,
      sum((
  2000 + coalesce((
  octet_length(comments.body) + octet_length(comments.files::text)
  + coalesce(octet_length(comments.vote::text), 0) + 1000
), 0) + coalesce(octet_length(tickets.vote::text), 0)
  + coalesce(octet_length(page.data::text), 0)
)) over (order by page.epoch, page.xid, page.id) as up_to
    from (
      select epoch || '.' || xid || '.' || id as cursor,
        type, created_at, actor_kind, account_id, staff_id, token_id, user_id, ticket_number, comment_id,
  case
    when events.type = $1 then events.data - $2::text[]
    else events.data
  end
 as data,
        epoch, xid, id
      from events
      where (epoch, xid, id) > ((select $3::int), (select $4::xid8), (select $5::bigint))
        and (xid < coalesce(
  (
    select running
    from pg_snapshot_xip(pg_current_snapshot()) as running
    where not exists (
      select from pg_stat_activity
      where datid <> (select oid from pg_database where datname = current_database())
        and backend_xid::text::bigint = (running::text::numeric % 4294967296)::bigint
    )
    order by running
    limit 1
  ),
  pg_snapshot_xmax(pg_current_snapshot())
) or epoch < (
  select pg_get_expr(adbin, adrelid)::int
  from pg_attrdef
  join pg_attribute on attrelid = adrelid and attnum = adnum
  where adrelid = 'events'::regclass and attname = 'epoch'
))
        and events.account_id = $6 and events.is_client_visible
      order by epoch, events.xid, id
      limit $7
    ) as page
    left join tickets on tickets.account_id = page.account_id and tickets.number = page.ticket_number
    left join comments on comments.account_id = page.account_id and comments.id = page.comment_id
    ) as sized
    where place = 1 or up_to <= $8
    order by place
