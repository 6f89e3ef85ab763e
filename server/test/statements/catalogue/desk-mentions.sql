-- Every statement of this folder as PostgreSQL gets it, each with the hash of its template and of the templates
-- within it. Written by "npm run statements"; server/test/statements.test.ts holds code and database against it.

--- desk/mentions/mentions.ts 653511f42f
with wanted as (
  select number, staff_id
  from jsonb_to_recordset($1) as given (number bigint, mentions bigint[])
  cross join unnest(given.mentions) as staff_id
), ended as (
  delete from mentions
  where account_id = $2
    and ticket_number = any($3::bigint[])
    and not exists (
      select from wanted where number = ticket_number and wanted.staff_id = mentions.staff_id
    )
)
insert into mentions (account_id, ticket_number, staff_id)
select $4, number, staff_id
from wanted
on conflict do nothing

--- desk/mentions/mentions.ts 7bf3a67aa0
select position
from unnest($1::bigint[]) with ordinality as mentioned (staff_id, position)
where staff_id not in (select staff_id from staff where disabled_at is null)
order by position

--- desk/mentions/mentions.ts 9c64ae87c4
with moved as (
  delete from mentions
  where account_id = $1 and ticket_number = any($2::bigint[])
  returning staff_id
)
insert into mentions (account_id, ticket_number, staff_id)
select distinct $3::bigint, $4::bigint, staff_id
from moved
on conflict do nothing
