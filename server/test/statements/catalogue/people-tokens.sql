-- Every statement of this folder as PostgreSQL gets it, each with the hash of its template and of the templates
-- within it. Written by "npm run statements"; server/test/statements.test.ts holds code and database against it.

--- people/tokens/bearer.ts b3d1987746 31c217e96a 68e8cb5e87 79b05a66d8
select
 tokens.token_hash, tokens.token_id, tokens.kind, tokens.account_id, accounts.name as account_name,
 tokens.marks_read, tokens.scopes, tokens.allowed_addresses, tokens.expires_at,
 tokens.staff_id, staff.name as staff_name, staff.role
   from (select distinct * from unnest((select $1::bytea[]))) as wanted (token_hash)
   join tokens using (token_hash)
   left join accounts using (account_id)
   left join staff using (staff_id)
   where
 (tokens.disabled_at is null and (tokens.expires_at is null or tokens.expires_at > now()))
and staff.disabled_at is null

--- people/tokens/bearer.ts cf7fe1f98d 31c217e96a 68e8cb5e87
select
 tokens.token_hash, tokens.token_id, tokens.kind, tokens.account_id, accounts.name as account_name,
 tokens.marks_read, tokens.scopes, tokens.allowed_addresses, tokens.expires_at,
 tokens.staff_id, staff.name as staff_name, staff.role
   from tokens
   left join accounts using (account_id)
   left join staff using (staff_id)
   where tokens.token_id = any($1) and
 (tokens.disabled_at is null and (tokens.expires_at is null or tokens.expires_at > now()))
and staff.disabled_at is null

--- people/tokens/tokens.ts 1ce2fc63a0
delete from tokens where account_id = $1

--- people/tokens/tokens.ts 4baeaad520 00a6cc562b
select
 token_id, kind, account_id, staff_id, name, scopes, allowed_addresses, marks_read,
 expires_at, disabled_at, last_used_at, created_at
from tokens where token_id = $1 for update

--- people/tokens/tokens.ts 52f22cf0d8 00a6cc562b 37a8eec1ce
insert into tokens (
    kind, account_id, staff_id, name, token_hash, scopes, allowed_addresses, marks_read, expires_at
  )
  values (
    $1, $2, $3, $4, $5, $6,
    $7, default, $8
  )
  returning
token_id, kind, account_id, staff_id, name, scopes, allowed_addresses, marks_read,
expires_at, disabled_at, last_used_at, created_at

--- people/tokens/tokens.ts b271833e36 00a6cc562b
delete from tokens where token_id = $1 returning
token_id, kind, account_id, staff_id, name, scopes, allowed_addresses, marks_read,
expires_at, disabled_at, last_used_at, created_at

--- people/tokens/tokens.ts de92ada67a 00a6cc562b 6201111b83 717212c4b5 b8e336b629
select
token_id, kind, account_id, staff_id, name, scopes, allowed_addresses, marks_read,
expires_at, disabled_at, last_used_at, created_at
  from tokens
  where token_id > $1 and "kind" = $2::text
  order by token_id
  limit $3

--- people/tokens/tokens.ts de92ada67a 00a6cc562b 6201111b83 717212c4b5 b8e336b629
select
token_id, kind, account_id, staff_id, name, scopes, allowed_addresses, marks_read,
expires_at, disabled_at, last_used_at, created_at
  from tokens
  where token_id > $1 and "staff_id" = $2::bigint
  order by token_id
  limit $3

--- people/tokens/tokens.ts de92ada67a 00a6cc562b 6201111b83 b8e336b629 fc92873f41
select
token_id, kind, account_id, staff_id, name, scopes, allowed_addresses, marks_read,
expires_at, disabled_at, last_used_at, created_at
  from tokens
  where token_id > $1 and "account_id" = any($2::bigint[])
  order by token_id
  limit $3

--- people/tokens/tokens.ts fc9590a4ea 00a6cc562b
update tokens
  set name = $1,
      scopes = $2,
      allowed_addresses = $3,
      marks_read = $4,
      expires_at = $5,
      disabled_at = case when $6 then null else coalesce(disabled_at, now()) end
  where token_id = $7
  returning
token_id, kind, account_id, staff_id, name, scopes, allowed_addresses, marks_read,
expires_at, disabled_at, last_used_at, created_at
