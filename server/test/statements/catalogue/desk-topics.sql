-- Every statement of this folder as PostgreSQL gets it, each with the hash of its template and of the templates
-- within it. Written by "npm run statements"; server/test/statements.test.ts holds code and database against it.

--- desk/topics/defaults.ts 077350ca8e
select pg_advisory_xact_lock($1)

--- desk/topics/defaults.ts f621e7bd55
select
where not exists (select from topics) and not exists (select from tickets)

--- desk/topics/topics.ts 09e11780dd
select from topics where key = $1

--- desk/topics/topics.ts 191ba72d57 59f0630f23
select key, name, position, archived_at, assignee_ids
from topics
where archived_at is null
order by position, key

--- desk/topics/topics.ts 191ba72d57 a0d008ab8f cc8c40d375
select key, name, position, archived_at, assignee_ids
from topics
where key = $1
order by position, key
for update

--- desk/topics/topics.ts 191ba72d57 b5bea41b6c
select key, name, position, archived_at, assignee_ids
from topics
where true
order by position, key

--- desk/topics/topics.ts 444af6c8e9
select from topics where assignee_ids <> '{}' limit 1

--- desk/topics/topics.ts 7b0c23e6dd 37a8eec1ce
insert into topics (key, name, position, assignee_ids)
values ($1, $2, $3, default)

--- desk/topics/topics.ts a3103d6c9c
select key, name from statuses order by position

--- desk/topics/topics.ts c8f61ad8bb
update statuses set name = $1 where key = $2

--- desk/topics/topics.ts ced3ec7e5d
update topics
set name = $1,
    position = $2,
    assignee_ids = $3,
    archived_at = case when $4 then coalesce(archived_at, now()) end
where key = $5

--- desk/topics/topics.ts cf3b059477
select place - 1 as place
from unnest($1::bigint[]) with ordinality as wanted (staff_id, place)
where not exists (
  select
  from staff
  where staff.staff_id = wanted.staff_id and disabled_at is null
)
