-- Every statement of this folder as PostgreSQL gets it, each with the hash of its template and of the templates
-- within it. Written by "npm run statements"; server/test/statements.test.ts holds code and database against it.

--- desk/audit/audit.ts 4342e4ccab 0708fce10e 2397a87fa9 3a96297334 6201111b83 7175517a37 8fb11133a1 b5bea41b6c
select *
from (
  select page.*, count(*) over () as found, row_number() over (order by epoch desc, xid desc, id desc) as place,
    sum(octet_length(data::text)) over (order by epoch desc, xid desc, id desc) as up_to
  from (
select epoch, events.xid, id, epoch || '.' || xid || '.' || id as cursor, events.created_at, type, actor_kind, staff_id,
  staff.name as staff_name, token_id, user_id, account_id, ticket_number, comment_id, data
from events
left join staff using (staff_id)
where true and (type = $1 or starts_with(type, $2))
order by epoch desc, events.xid desc, id desc
limit $3
  ) as page
) as sized
where place = 1 or up_to is null or up_to <= $4
order by place

--- desk/audit/audit.ts 4342e4ccab 2397a87fa9 3a96297334 6201111b83 717212c4b5 8fb11133a1 b5bea41b6c
select *
from (
  select page.*, count(*) over () as found, row_number() over (order by epoch desc, xid desc, id desc) as place,
    sum(octet_length(data::text)) over (order by epoch desc, xid desc, id desc) as up_to
  from (
select epoch, events.xid, id, epoch || '.' || xid || '.' || id as cursor, events.created_at, type, actor_kind, staff_id,
  staff.name as staff_name, token_id, user_id, account_id, ticket_number, comment_id, data
from events
left join staff using (staff_id)
where true and "ticket_number" = $1::bigint and (type = $2)
order by epoch desc, events.xid desc, id desc
limit $3
  ) as page
) as sized
where place = 1 or up_to is null or up_to <= $4
order by place

--- desk/audit/audit.ts 4342e4ccab 2397a87fa9 6201111b83 b5bea41b6c c48d2c95b8
select *
from (
  select page.*, count(*) over () as found, row_number() over (order by epoch desc, xid desc, id desc) as place,
    sum(octet_length(data::text)) over (order by epoch desc, xid desc, id desc) as up_to
  from (
select epoch, events.xid, id, epoch || '.' || xid || '.' || id as cursor, events.created_at, type, actor_kind, staff_id,
  staff.name as staff_name, token_id, user_id, account_id, ticket_number, comment_id, data
from events
left join staff using (staff_id)
where true and events.created_at >= $1
order by epoch desc, events.xid desc, id desc
limit $2
  ) as page
) as sized
where place = 1 or up_to is null or up_to <= $3
order by place

--- desk/audit/audit.ts 4342e4ccab 2397a87fa9 6201111b83 b5bea41b6c d0b0f42720
select *
from (
  select page.*, count(*) over () as found, row_number() over (order by epoch desc, xid desc, id desc) as place,
    sum(octet_length(data::text)) over (order by epoch desc, xid desc, id desc) as up_to
  from (
select epoch, events.xid, id, epoch || '.' || xid || '.' || id as cursor, events.created_at, type, actor_kind, staff_id,
  staff.name as staff_name, token_id, user_id, account_id, ticket_number, comment_id, data
from events
left join staff using (staff_id)
where true and (epoch, xid, id) < ($1::int, $2::xid8, $3::bigint)
order by epoch desc, events.xid desc, id desc
limit $4
  ) as page
) as sized
where place = 1 or up_to is null or up_to <= $5
order by place

--- desk/audit/audit.ts 4342e4ccab 2397a87fa9 6201111b83 b5bea41b6c fc92873f41
select *
from (
  select page.*, count(*) over () as found, row_number() over (order by epoch desc, xid desc, id desc) as place,
    sum(octet_length(data::text)) over (order by epoch desc, xid desc, id desc) as up_to
  from (
select epoch, events.xid, id, epoch || '.' || xid || '.' || id as cursor, events.created_at, type, actor_kind, staff_id,
  staff.name as staff_name, token_id, user_id, account_id, ticket_number, comment_id, data
from events
left join staff using (staff_id)
where true and "token_id" = any($1::bigint[])
order by epoch desc, events.xid desc, id desc
limit $2
  ) as page
) as sized
where place = 1 or up_to is null or up_to <= $3
order by place

--- desk/audit/audit.ts 4342e4ccab 2397a87fa9 6201111b83 b5bea41b6c fd6dcbc4cb
select *
from (
  select page.*, count(*) over () as found, row_number() over (order by epoch desc, xid desc, id desc) as place,
    sum(octet_length(data::text)) over (order by epoch desc, xid desc, id desc) as up_to
  from (
select epoch, events.xid, id, epoch || '.' || xid || '.' || id as cursor, events.created_at, type, actor_kind, staff_id,
  staff.name as staff_name, token_id, user_id, account_id, ticket_number, comment_id, data
from events
left join staff using (staff_id)
where true and events.created_at <= $1
order by epoch desc, events.xid desc, id desc
limit $2
  ) as page
) as sized
where place = 1 or up_to is null or up_to <= $3
order by place
