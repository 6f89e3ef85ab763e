-- Every statement of this folder as PostgreSQL gets it, each with the hash of its template and of the templates
-- within it. Written by "npm run statements"; server/test/statements.test.ts holds code and database against it.

--- desk/bulk/bulk.ts 260563af5c
insert into bulks (staff_id)
values ($1)
returning bulk_id

--- desk/bulk/bulk.ts f49f695917
insert into bulk_tickets (account_id, bulk_id, number, before, after)
select account_id, $1, number, before, after
from jsonb_to_recordset($2) as done (
  account_id bigint, number bigint, before jsonb, after jsonb
)

--- desk/bulk/check.ts a371981072
select
from topics
where key = $1 and archived_at is null

--- desk/bulk/fields.ts 0d842aba64
select account_id, number
from tickets
where number = any($1)
order by account_id, number
for update

--- desk/bulk/fields.ts d94516e03c
select
from account_state
where account_id in (select account_id from tickets where number = any($1))
order by account_id
for update

--- desk/bulk/perform.ts f151182c14
savepoint before_steps

--- desk/bulk/perform.ts fc6c9ab832
rollback to savepoint before_steps

--- desk/bulk/undo.ts 2a81affe79
update bulks set undone_at = now() where bulk_id = $1

--- desk/bulk/undo.ts 7178592c04
select account_id, number, before, after
from bulk_tickets
where bulk_id = $1
order by account_id, number

--- desk/bulk/undo.ts ae33c7948f 26a8e60a5c 45511e2063
select undone_at is not null as is_undone, created_at < (now() - interval '24 hours') as is_late
from bulks
where bulk_id = $1 and bulks.staff_id = $2
for update

--- desk/bulk/undo.ts ae33c7948f 26a8e60a5c b5bea41b6c
select undone_at is not null as is_undone, created_at < (now() - interval '24 hours') as is_late
from bulks
where bulk_id = $1 and true
for update

--- desk/bulk/undo.ts ed424e5293
select number
from tickets
where account_id = any($1::bigint[])
  and merged_into_ticket_number = any($2::bigint[])
