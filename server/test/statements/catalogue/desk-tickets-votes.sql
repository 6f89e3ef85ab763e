-- Every statement of this folder as PostgreSQL gets it, each with the hash of its template and of the templates
-- within it. Written by "npm run statements"; server/test/statements.test.ts holds code and database against it.

--- desk/tickets/votes/votes.ts 01a72fb73f 3b4a8c2d5a 6b86b273ff
with ticket as (
  update tickets
  set updated_at = greatest(now(), updated_at), version = version + 1
  where account_id = $1 and number = $2
), history as (
  update votes
  set deleted_at = now()
  where account_id = $3
    and ticket_number = $4
    and comment_id = $5
    and deleted_at is null
)
update comments
set vote = null
where account_id = $6 and id = $7

--- desk/tickets/votes/votes.ts 38ef88ae8b
insert into votes (account_id, ticket_number, comment_id, score, comment, token_id)
values (
  $1, $2, $3, $4, $5, $6
)
returning comment, created_at

--- desk/tickets/votes/votes.ts 5832232537 3b4a8c2d5a 6b86b273ff
update tickets
set vote = $1, updated_at = greatest(now(), updated_at), version = version + 1
where account_id = $2 and number = $3

--- desk/tickets/votes/votes.ts 83128dbaaf 3b4a8c2d5a 6b86b273ff
with ticket as (
  update tickets
  set updated_at = greatest(now(), updated_at), version = version + 1
  where account_id = $1 and number = $2
)
update comments
set vote = $3
where account_id = $4 and id = $5
