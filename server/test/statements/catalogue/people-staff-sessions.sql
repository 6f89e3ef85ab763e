-- Every statement of this folder as PostgreSQL gets it, each with the hash of its template and of the templates
-- within it. Written by "npm run statements"; server/test/statements.test.ts holds code and database against it.

--- people/staff/sessions/attempts.ts 038d8b9677 2d6a1578c6 aad6d49d8c
insert into sign_in_attempts (key, used, last_at)
   values ($1, 1, clock_timestamp())
   on conflict (key) do update
   set used = case when
 sign_in_attempts.last_at not between
   clock_timestamp() - make_interval(secs => 3600)
   and clock_timestamp() + interval '1 s'
then 1 else sign_in_attempts.used + 1 end,
       last_at = clock_timestamp()
   where
 sign_in_attempts.last_at not between
   clock_timestamp() - make_interval(secs => 3600)
   and clock_timestamp() + interval '1 s'
or
 sign_in_attempts.last_at + case
   when sign_in_attempts.used < $2 then interval '0'
   else make_interval(secs => least(
     $3 * power(2, least(sign_in_attempts.used - $4, 20)), $5
   ))
 end
<= clock_timestamp()

--- people/staff/sessions/attempts.ts 6ddc480832 aad6d49d8c
delete from sign_in_attempts where
sign_in_attempts.last_at not between
  clock_timestamp() - make_interval(secs => 3600)
  and clock_timestamp() + interval '1 s'

--- people/staff/sessions/attempts.ts b03aa9422d
delete from sign_in_attempts where key = $1

--- people/staff/sessions/attempts.ts f3949965d7 2d6a1578c6
select ceil(extract(epoch from
 sign_in_attempts.last_at + case
   when sign_in_attempts.used < $1 then interval '0'
   else make_interval(secs => least(
     $2 * power(2, least(sign_in_attempts.used - $3, 20)), $4
   ))
 end
- clock_timestamp()))::int as seconds
   from sign_in_attempts
   where key = $5

--- people/staff/sessions/attempts.ts f896f2eb58
update sign_in_attempts
set used = case when $1 then 0 else greatest(used - 1, 0) end
where key = $2

--- people/staff/sessions/devices.ts 19c0dcadfb
update staff_devices set last_used_at = now() where device_hash = $1

--- people/staff/sessions/devices.ts 3bf63ecfa5
insert into staff_devices (device_hash, staff_id) values ($1, $2)

--- people/staff/sessions/devices.ts 583e6c3635 f5b1628ffc
delete from staff_devices where not
(staff_devices.last_used_at > now() - make_interval(secs => 15552000))

--- people/staff/sessions/devices.ts 6098049b52 f5b1628ffc
select device_hash
  from staff_devices
  join staff using (staff_id)
  where device_hash = $1 and email = $2 and
(staff_devices.last_used_at > now() - make_interval(secs => 15552000))

--- people/staff/sessions/devices.ts 6ea1d8bdc4
delete from staff_devices
where staff_id = $1 and device_hash is distinct from $2::bytea

--- people/staff/sessions/oidc-sign-in.ts 3eec14dbe1
insert into credentials (staff_id, oidc_issuer, oidc_subject)
select staff_id, $1, $2
from staff
where email = $3 and disabled_at is null
on conflict (staff_id) do update
set oidc_issuer = excluded.oidc_issuer, oidc_subject = excluded.oidc_subject
where credentials.oidc_subject is null
returning staff_id

--- people/staff/sessions/oidc-sign-in.ts c0fa77d80f
select staff_id, name, role, disabled_at
from credentials
join staff using (staff_id)
where oidc_issuer = $1 and oidc_subject = $2
for share of staff

--- people/staff/sessions/own-credentials.ts ac6c291350
select email from staff where staff_id = $1

--- people/staff/sessions/own-credentials.ts fbf1d16c19
select
from staff_sessions
where session_id = $1 and created_at > now() - make_interval(secs => $2)

--- people/staff/sessions/proof.ts 1b57d013b8
select staff_id, email, password_hash
from staff
left join credentials using (staff_id)
where email = $1

--- people/staff/sessions/proof.ts 8c768b6933
select staff_id, email, name, role, password_hash, totp_secret
from staff
join credentials using (staff_id)
where staff_id = $1 and disabled_at is null and password_hash = $2
for share of staff
for no key update of credentials

--- people/staff/sessions/sessions.ts 13a75e2775
delete from staff_sessions
where staff_id = $1 and session_id is distinct from $2::bigint

--- people/staff/sessions/sessions.ts 5c6f20b9f6
delete from staff_sessions
where session_id = $1 and staff_id = $2

--- people/staff/sessions/sessions.ts 66db924e8f
insert into staff_sessions (session_hash, staff_id, ip, user_agent)
values ($1, $2, $3, $4)
returning session_id

--- people/staff/sessions/sessions.ts 92ebaaf9fe ae397ac4c5
delete from staff_sessions where not (
  staff_sessions.last_used_at > now() - interval '12 hours'
  and staff_sessions.created_at > now() - make_interval(secs => 604800)
)

--- people/staff/sessions/sessions.ts a589349f43 74f29e2793 a3f9f3e8b7 ae397ac4c5 b9edc7720c
select session_id, ip, user_agent, staff_sessions.created_at, last_used_at,
      session_id is not distinct from $1::bigint as is_current
    from staff_sessions
    join staff using (staff_id)
    where session_id = $2 and ((
  staff_sessions.last_used_at > now() - interval '12 hours'
  and staff_sessions.created_at > now() - make_interval(secs => 604800)
) and staff.disabled_at is null) and staff_sessions.staff_id = $3
    order by last_used_at desc, session_id desc

--- people/staff/sessions/sessions.ts b802b5d283 a3f9f3e8b7 ae397ac4c5
select session_id, staff_id, name, role
    from staff_sessions
    join staff using (staff_id)
    where session_id = any($1) and ((
  staff_sessions.last_used_at > now() - interval '12 hours'
  and staff_sessions.created_at > now() - make_interval(secs => 604800)
) and staff.disabled_at is null)

--- people/staff/sessions/sessions.ts f649e1ea16 79b05a66d8 a3f9f3e8b7 ae397ac4c5
select session_hash, session_id, staff_id, name, role
    from (select distinct * from unnest((select $1::bytea[]))) as wanted (session_hash)
    join staff_sessions using (session_hash)
    join staff using (staff_id)
    where ((
  staff_sessions.last_used_at > now() - interval '12 hours'
  and staff_sessions.created_at > now() - make_interval(secs => 604800)
) and staff.disabled_at is null)
