-- Every statement of this folder as PostgreSQL gets it, each with the hash of its template and of the templates
-- within it. Written by "npm run statements"; server/test/statements.test.ts holds code and database against it.

--- desk/mentions/mentions.ts 32bcf3bfca
with ended as (
  delete from mentions
  where account_id = $1 and ticket_number = $2 and staff_id <> all($3::bigint[])
)
insert into mentions (account_id, ticket_number, staff_id)
select $4, $5, staff_id
from unnest($6::bigint[]) as staff_id
on conflict do nothing

--- desk/mentions/mentions.ts 7bf3a67aa0
select position
from unnest($1::bigint[]) with ordinality as mentioned (staff_id, position)
where staff_id not in (select staff_id from staff where disabled_at is null)
order by position

--- desk/mentions/mentions.ts ceb43ef787
with moved as (
  delete from mentions
  where account_id = $1 and ticket_number = $2
  returning staff_id
)
insert into mentions (account_id, ticket_number, staff_id)
select $3, $4, staff_id
from moved
on conflict do nothing
