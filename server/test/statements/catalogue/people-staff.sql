-- Every statement of this folder as PostgreSQL gets it, each with the hash of its template and of the templates
-- within it. Written by "npm run statements"; server/test/statements.test.ts holds code and database against it.

--- people/staff/invitations.ts 00399dba67
select staff_id, email, name, role
from invitations
join staff using (staff_id)
where secret_hash = $1 and expires_at > now() and disabled_at is null

--- people/staff/invitations.ts 40a780940b
update credentials set password_hash = null where staff_id = $1

--- people/staff/invitations.ts 4a5e5e3750
delete from invitations where secret_hash = $1

--- people/staff/invitations.ts 90ed7ad6b2
delete from invitations where expires_at <= now()

--- people/staff/invitations.ts 910e4630c9
insert into invitations (staff_id, secret_hash, expires_at)
values ($1, $2, now() + interval '7 days')
on conflict (staff_id) do update
set secret_hash = excluded.secret_hash, expires_at = excluded.expires_at
returning expires_at

--- people/staff/passwords.ts 6066d8d5a9
insert into credentials (staff_id, password_hash)
values ($1, $2)
on conflict (staff_id) do update
set password_hash = excluded.password_hash

--- people/staff/second-factor.ts 174568846f
update credentials
set totp_step = $1
where staff_id = $2 and totp_step < $3

--- people/staff/second-factor.ts 54e2d897ce
update credentials
set recovery_hashes = array_remove(recovery_hashes, $1)
where staff_id = $2 and $3 = any(recovery_hashes)

--- people/staff/second-factor.ts 63e2142d90
insert into credentials (staff_id, totp_pending)
values ($1, $2)
on conflict (staff_id) do update
set totp_pending = excluded.totp_pending
where credentials.totp_secret is null

--- people/staff/second-factor.ts 8571685e23
update credentials
set totp_secret = totp_pending,
    totp_pending = null,
    totp_step = $1,
    recovery_hashes = $2
where staff_id = $3

--- people/staff/second-factor.ts beb75a895d
select totp_secret
from credentials
where staff_id = $1 and totp_secret is not null

--- people/staff/second-factor.ts d097b49ae8
select totp_pending
from credentials
where staff_id = $1 and totp_pending is not null
for no key update

--- people/staff/second-factor.ts dadb72ce45
update credentials
set totp_secret = null, totp_pending = null, recovery_hashes = '{}'
where staff_id = $1

--- people/staff/staff.ts 187eca0280
select staff_id
from staff
where role = 'admin' and disabled_at is null
order by staff_id
for no key update

--- people/staff/staff.ts 3cf1c98875
insert into staff (email, name, role)
values ($1, $2, $3)
returning staff_id, email, name, role

--- people/staff/staff.ts 739b4be9ca
select name, role, disabled_at is null as is_enabled
from staff
where staff_id = $1
for no key update

--- people/staff/staff.ts 98295f004b 1956c59e11 1d3bbdbb40 1fcc08c773 d9a95e27d8 dcfa833580
with earlier as (
  select availability as before
  from staff
  where staff_id = $1
  for no key update
), changed as (
  update staff
  set preferences = jsonb_strip_nulls(preferences || $2::jsonb), availability = coalesce($3, availability)
  from earlier
  where staff_id = $4 and octet_length((jsonb_strip_nulls(preferences || $5::jsonb))::text) <= $6
  returning staff_id, before, availability
), told as (
  select 0::bigint as account_id, null::bigint as number,
    jsonb_build_object('staff_id', staff_id, 'availability', availability) as data
  from changed
  where availability <> before
), recorded as (
insert into events (
  account_id, type, is_client_visible, ticket_number, comment_id, actor_kind, staff_id, token_id, user_id, data
)
select
  account_id, $7, $8, number, null::bigint,
  $9, $10::bigint, $11::bigint, $12, data
from told
)
select staff_id
from changed

--- people/staff/staff.ts aca89dbcb9
delete from invitations where staff_id = $1

--- people/staff/staff.ts c2fba1f1bd
select staff_id from staff where email = $1

--- people/staff/staff.ts d08f6a3996 4a71ca7c17 b5bea41b6c
select
  staff.staff_id, name, role, availability,
  case when true then email end as email,
  case when true then password_hash is not null end as has_password,
  case when true then totp_secret is not null end as has_second_factor,
  disabled_at, created_at, preferences
from staff
left join credentials using (staff_id)
where staff.staff_id = $1
order by staff.staff_id

--- people/staff/staff.ts fc52087ef0
update staff
set name = $1,
    role = $2,
    disabled_at = case when $3 then null else coalesce(disabled_at, now()) end
where staff_id = $4
