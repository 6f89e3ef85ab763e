-- Every statement of this folder as PostgreSQL gets it, each with the hash of its template and of the templates
-- within it. Written by "npm run statements"; server/test/statements.test.ts holds code and database against it.

--- desk/queue/views/views.ts 01f2c3eb6a 3eb64b2e77 b0ba804634
select
view_id, name, staff_id is null as is_shared, filter, sort, position, created_at, updated_at
  from views
  where ("views"."staff_id" is null or "views"."staff_id" = $1)
  order by position, view_id

--- desk/queue/views/views.ts 4b7e29ecfe 3eb64b2e77 a0d008ab8f b0ba804634
select
view_id, name, staff_id is null as is_shared, filter, sort, position, created_at, updated_at
  from views
  where view_id = $1 and ("views"."staff_id" is null or "views"."staff_id" = $2)
  for update

--- desk/queue/views/views.ts 5aa84fbb4a b0ba804634
insert into views (staff_id, name, filter, sort, position)
  select $1::bigint, $2, $3, $4, $5
  where (select count(*) from views where staff_id is not distinct from $6::bigint) < $7
  returning
view_id, name, staff_id is null as is_shared, filter, sort, position, created_at, updated_at

--- desk/queue/views/views.ts 842a7b385c
update views
set filter = jsonb_set(filter, '{tag}', to_jsonb($1::text)), updated_at = now()
where lower(btrim(filter ->> 'tag')) = $2

--- desk/queue/views/views.ts a4a3ad2d43
delete from views where view_id = $1

--- desk/queue/views/views.ts a985e1702f b0ba804634
update views
  set name = $1, filter = $2, sort = $3, position = $4, updated_at = now()
  where view_id = $5
  returning
view_id, name, staff_id is null as is_shared, filter, sort, position, created_at, updated_at

--- desk/queue/views/views.ts eaa30fd62f
select '/filter/topic_key' as pointer, '"' || key || '" is not the key of a topic' as detail
from unnest($1::text[]) as key
where key not in (select key from topics)
union all
select '/filter/assignee_id', id || ' is not the id of a staff member'
from unnest($2::bigint[]) as id
where id not in (select staff_id from staff)
union all
select '/filter/account_id', id || ' is not the id of an account'
from unnest($3::bigint[]) as id
where id not in (select account_id from accounts)
