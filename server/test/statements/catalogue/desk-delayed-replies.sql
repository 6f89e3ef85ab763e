-- Every statement of this folder as PostgreSQL gets it, each with the hash of its template and of the templates
-- within it. Written by "npm run statements"; server/test/statements.test.ts holds code and database against it.

--- desk/delayed-replies/redact.ts 78fcbb1c5b 6e93a0c4d1 915323ad99
update delayed_replies set files = (
  select coalesce(jsonb_agg(file order by position), '[]')
  from jsonb_array_elements(files) with ordinality as listed (file, position)
  where file ->> 'uuid' <> $1
) where files @> $2::jsonb

--- desk/delayed-replies/schedule.ts 041bc2d808 4951105d95
select wanted.id
from
unnest(
  $1::bigint[], $2::bigint[]
) as wanted (account_id, id)
where not exists (
  select
  from delayed_replies
  where delayed_replies.account_id = wanted.account_id and delayed_reply_id = wanted.id and outcome = 'sent'
)

--- desk/delayed-replies/schedule.ts 31a2160d62 1956c59e11 7cf8550fbf d0764c91e3 d9a95e27d8 dcfa833580
with delayed_replies as (
     insert into delayed_replies (
       account_id, ticket_number, staff_id, token_id, body, is_internal, status_key, files, mentions,
       last_comment_id, created_at, send_at
     )
     select
       account_id, number, $1, $2::bigint, body, $3, $4,
       $5::jsonb, $6::bigint[], $7::bigint,
       clock_timestamp(), clock_timestamp() + make_interval(secs => $8)
     from jsonb_to_recordset($9) as wanted (account_id bigint, number bigint, body text)
     order by account_id, number
     returning *
   ), event as (
   insert into events (
     account_id, type, is_client_visible, ticket_number, comment_id, actor_kind, staff_id, token_id, user_id, data
   )
   select
     account_id, $10, $11, number, null::bigint,
     $12, $13::bigint, $14::bigint, $15, data
   from (
       select account_id, ticket_number as number, jsonb_build_object(
         'delayed_reply_id', delayed_reply_id, 'send_at', to_char(send_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
       ) as data
       from delayed_replies
       order by delayed_reply_id
     ) as scheduled
 )
   select
 jsonb_build_object(
   'delayed_reply_id', delayed_reply_id, 'ticket_number', ticket_number, 'staff_id', delayed_replies.staff_id,
   'staff_name', staff.name, 'body', body, 'is_internal', is_internal, 'status_key', status_key, 'files', files,
   'mentions', mentions, 'last_comment_id', last_comment_id,
   'created_at', to_char(delayed_replies.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'send_at', to_char(send_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
 )
as delayed
   from delayed_replies
   join staff on staff.staff_id = delayed_replies.staff_id

--- desk/delayed-replies/schedule.ts 42e1d13fda 1956c59e11 3c2642fcd3 4951105d95 d9a95e27d8 dcfa833580
with cancelled as (
  delete from delayed_replies
  using
unnest(
  $1::bigint[], $2::bigint[]
) as wanted (account_id, id)
  where delayed_replies.account_id = wanted.account_id and delayed_reply_id = wanted.id and outcome is null
  returning wanted.account_id, ticket_number as number, jsonb_build_object('delayed_reply_id', wanted.id) as data
)
insert into events (
  account_id, type, is_client_visible, ticket_number, comment_id, actor_kind, staff_id, token_id, user_id, data
)
select
  account_id, $3, $4, number, null::bigint,
  $5, $6::bigint, $7::bigint, $8, data
from (select * from cancelled order by account_id, number) as cancelled

--- desk/delayed-replies/schedule.ts 469f71e3d3 d0764c91e3
delete from delayed_replies
   using staff
   where delayed_reply_id = $1
     and delayed_replies.staff_id = $2
     and staff.staff_id = delayed_replies.staff_id
     and outcome is null
   returning account_id,
 jsonb_build_object(
   'delayed_reply_id', delayed_reply_id, 'ticket_number', ticket_number, 'staff_id', delayed_replies.staff_id,
   'staff_name', staff.name, 'body', body, 'is_internal', is_internal, 'status_key', status_key, 'files', files,
   'mentions', mentions, 'last_comment_id', last_comment_id,
   'created_at', to_char(delayed_replies.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'send_at', to_char(send_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
 )
as delayed

--- desk/delayed-replies/schedule.ts 683a324581
select outcome
from delayed_replies
where delayed_reply_id = $1 and staff_id = $2 and outcome is not null

--- desk/delayed-replies/send.ts 2eab4cf4fa 31c217e96a
with taken as (
    update delayed_replies
    set outcome = $1
    where account_id = $2 and delayed_reply_id = $3 and outcome is null
    returning *
  )
  select taken.*, staff.name, staff.role, staff.disabled_at,
    taken.token_id is null or exists (
      select
      from tokens
      where tokens.token_id = taken.token_id
        and
(tokens.disabled_at is null and (tokens.expires_at is null or tokens.expires_at > now()))
        and (tokens.scopes is null or 'tickets:write' = any(tokens.scopes))
    ) as is_key_live
  from taken
  join staff using (staff_id)

--- desk/delayed-replies/send.ts 3fd04a6796 26a8e60a5c
delete from delayed_replies
where outcome is not null and send_at <= (now() - interval '24 hours')

--- desk/delayed-replies/send.ts e5ffd33531
select account_id, delayed_reply_id, ticket_number, send_at < now() - interval '1 minute' as is_late
from delayed_replies
where outcome is null and send_at <= now()
order by send_at
limit $1
