-- Every statement of this folder as PostgreSQL gets it, each with the hash of its template and of the templates
-- within it. Written by "npm run statements"; server/test/statements.test.ts holds code and database against it.

--- desk/workspace/client.ts 055ece0799 08428bbffb 158ef04df3 1a27db417c 6dca75b4be b5a9e431c0 b5bea41b6c
select
      jsonb_build_object(
        'open_ticket_count', tickets_open,
        'average_score', (
  select round(avg(score), 1)
  from (
    select distinct on (ticket_number) score
    from (
      select id, ticket_number, comment_id, score
      from votes
      where account_id = $1
      order by id desc
      limit 1000
    ) as newest
    where comment_id is null and score is not null
    order by ticket_number, id desc
  ) as latest
),
        'recent_tickets', (
  select coalesce(jsonb_agg(
    jsonb_build_object(
      'number', number, 'summary', summary, 'status', statuses.name, 'status_key', status_key,
      'is_closed', is_closed, 'updated_at', to_char(updated_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
    ) order by updated_at desc, number desc
  ), '[]')
  from (
    select *
    from tickets
    where account_id = $2 and number <> $3 and true
    order by updated_at desc, number desc
    limit 5
  ) as recent
  join statuses on statuses.key = recent.status_key
)
      ) as activity,
      coalesce(
        (
  select jsonb_build_object('id', contacts.user_id, 'name', contacts.name, 'email', contacts.email)
  from (
    select user_id
    from comments
    where account_id = $4 and is_client_author and ticket_number = $5 and merged_from_ticket_number is null
    order by id
    limit 1
  ) as first
  join contacts on contacts.account_id = $6 and contacts.user_id = first.user_id
),
        (
  select jsonb_build_object('id', contacts.user_id, 'name', contacts.name, 'email', contacts.email)
  from (
    select user_id
    from comments
    where account_id = $7 and is_client_author and merged_from_ticket_number = $8
    order by id
    limit 1
  ) as first
  join contacts on contacts.account_id = $9 and contacts.user_id = first.user_id
)
      ) as author_user
    from account_state
    where account_id = $10

--- desk/workspace/history.ts f8b319a0d6 0113ead5c8 2deb46bc7a 539b1084e7 56e72c3449 b3b71a9697
select *
    from (
      select type, events.created_at, actor_kind, staff_id, staff.name as staff_name,
      events.user_id, contacts.name as user_name, comment_id, data,
      row_number() over (order by epoch desc, events.xid desc, events.id desc) as place
    from events
    left join staff using (staff_id)
    left join contacts
      on contacts.account_id = events.account_id and contacts.user_id = events.user_id
    where events.account_id = $1
      and events.ticket_number = $2
      and (events.staff_id = $3 or ((
  events.type <> all($4)
  or coalesce(events.data ->> 'is_shared', events.data -> 'before' ->> 'is_shared') is distinct from 'false'
) and not events.type = any($5)))
    ) as history
    where place <= $6
    order by place desc

--- desk/workspace/in-progress.ts 089fc053c4 2293fc71fe 23c9922c6c 5f64f05d51 80cd6f7fe4 b5bea41b6c b82db51f64 c1066bae22 d0764c91e3
select
      (
  select coalesce(jsonb_agg(
  jsonb_build_object(
    'staff_id', staff_id, 'staff_name', staff.name, 'body', body, 'is_internal', is_internal, 'files', files,
    'created_at', to_char(drafts.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'updated_at', to_char(drafts.updated_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
  )
 order by drafts.created_at, staff_id), '[]')
  from (
    select *
    from drafts
    where account_id = $1 and ticket_number = $2 and true
    order by staff_id = $3 desc, updated_at desc
    limit $4
  ) as drafts
  join staff using (staff_id)
) as drafts,
      (
  select coalesce(jsonb_agg(
  jsonb_build_object(
    'delayed_reply_id', delayed_reply_id, 'ticket_number', ticket_number, 'staff_id', delayed_replies.staff_id,
    'staff_name', staff.name, 'body', body, 'is_internal', is_internal, 'status_key', status_key, 'files', files,
    'mentions', mentions, 'last_comment_id', last_comment_id,
    'created_at', to_char(delayed_replies.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'send_at', to_char(send_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
  )
 order by send_at, delayed_reply_id), '[]')
  from (
    select *
    from delayed_replies
    where account_id = $5
      and ticket_number = $6
      and outcome is null
      and true
    order by send_at, delayed_reply_id
    limit $7
  ) as delayed_replies
  join staff on staff.staff_id = delayed_replies.staff_id
) as delayed_replies,
      (
  select coalesce(jsonb_agg(
  jsonb_build_object(
    'ticket_number', ticket_number, 'staff_id', staff_id, 'staff_name', staff_name, 'state', state,
    'expires_at', to_char(expires_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
  )
 order by staff_name, staff_id), '[]')
  from presence
  where account_id = $8 and ticket_number = $9 and expires_at > now() and true
) as presence
