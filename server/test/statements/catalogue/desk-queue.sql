-- Every statement of this folder as PostgreSQL gets it, each with the hash of its template and of the templates
-- within it. Written by "npm run statements"; server/test/statements.test.ts holds code and database against it.

--- desk/queue/counts.ts c8cf0d7dba
select key, archived_at is not null as is_archived
from topics
order by archived_at is not null, position, key
limit 200

--- desk/queue/queue.ts 676dd045da 0131e5f06d 3f7f3e2680 6201111b83 6726c5e12f 717212c4b5 b434ffe439
with keys as materialized (
      select account_id, number, tickets.number as place
      from tickets
      where is_closed and "topic_key" = $1::text
      order by tickets.number, tickets.number
      limit 26
    )
    select *
    from (
    select
  tickets.account_id, tickets.version, tickets.staff_version, tickets.has_reply, tickets.number, tickets.summary, statuses.name as status,
  tickets.status_key, tickets.type, tickets.topic_key, tickets.is_closed, tickets.is_resolved,
  tickets.is_client_author, tickets.is_client_read, tickets.is_await_client, tickets.is_await_support,
  tickets.client_aliased_name, tickets.client_emails, tickets.splitted_from_ticket_number,
  tickets.close_reason, tickets.vote, tickets.created_at, tickets.updated_at, tickets.closed_at, tickets.priority,
  tickets.tags, tickets.assignee_id, tickets.is_staff_read, tickets.waiting_since, tickets.first_response_at,
  tickets.resolved_at, tickets.due_at, tickets.first_response_due_at, tickets.resolution_due_at,
  tickets.merged_into_ticket_number, tickets.is_snoozed, tickets.snoozed_until, tickets.external_id,
  tickets.access_level, tickets.keystone_projects, tickets.notice_id, tickets.comment_count, tickets.comment_bytes,
  tickets.merged_at, tickets.merged_into_ticket_number is not null and tickets.before_merge is null as is_split_undone
, accounts.name as account_name, staff.name as assignee_name, last_comment,
      exists (
  select from drafts
  where drafts.account_id = keys.account_id and drafts.ticket_number = keys.number and drafts.staff_id = $2
) as has_draft,
      row_number() over (order by tickets.number, tickets.number) as place, count(*) over () as found,
      sum(coalesce(octet_length(tickets.vote::text), 0)) over (order by tickets.number, tickets.number) as up_to
    from keys
    join tickets using (account_id, number)
    join statuses on statuses.key = tickets.status_key
    join accounts using (account_id)
    left join staff on staff.staff_id = tickets.assignee_id
    left join lateral (
  select jsonb_build_object(
    'id', id, 'beginning', left(body, 200), 'is_client_author', is_client_author, 'is_internal', is_internal,
    'author_name', author_name, 'has_files', files <> '[]',
    'sent_at', to_char(sent_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
  ) as last_comment
  from comments
  where comments.account_id = keys.account_id and comments.ticket_number = keys.number
  order by id desc
  limit 1
) as last_comment on true
    ) as page
    where place = 1 or up_to <= $3
    order by place

--- desk/queue/queue.ts 676dd045da 0858dcd5d1 3f7f3e2680 6201111b83 6726c5e12f 6ff4dc3b1a 717212c4b5 b434ffe439 bdc962d158
with keys as materialized (
      select account_id, number, tickets.updated_at as place
      from tickets
      where "status_key" = $1::text and updated_at <= $2 and not is_closed and not is_snoozed
      order by tickets.updated_at desc, tickets.number desc
      limit 26
    )
    select *
    from (
    select
  tickets.account_id, tickets.version, tickets.staff_version, tickets.has_reply, tickets.number, tickets.summary, statuses.name as status,
  tickets.status_key, tickets.type, tickets.topic_key, tickets.is_closed, tickets.is_resolved,
  tickets.is_client_author, tickets.is_client_read, tickets.is_await_client, tickets.is_await_support,
  tickets.client_aliased_name, tickets.client_emails, tickets.splitted_from_ticket_number,
  tickets.close_reason, tickets.vote, tickets.created_at, tickets.updated_at, tickets.closed_at, tickets.priority,
  tickets.tags, tickets.assignee_id, tickets.is_staff_read, tickets.waiting_since, tickets.first_response_at,
  tickets.resolved_at, tickets.due_at, tickets.first_response_due_at, tickets.resolution_due_at,
  tickets.merged_into_ticket_number, tickets.is_snoozed, tickets.snoozed_until, tickets.external_id,
  tickets.access_level, tickets.keystone_projects, tickets.notice_id, tickets.comment_count, tickets.comment_bytes,
  tickets.merged_at, tickets.merged_into_ticket_number is not null and tickets.before_merge is null as is_split_undone
, accounts.name as account_name, staff.name as assignee_name, last_comment,
      exists (
  select from drafts
  where drafts.account_id = keys.account_id and drafts.ticket_number = keys.number and drafts.staff_id = $3
) as has_draft,
      row_number() over (order by tickets.updated_at desc, tickets.number desc) as place, count(*) over () as found,
      sum(coalesce(octet_length(tickets.vote::text), 0)) over (order by tickets.updated_at desc, tickets.number desc) as up_to
    from keys
    join tickets using (account_id, number)
    join statuses on statuses.key = tickets.status_key
    join accounts using (account_id)
    left join staff on staff.staff_id = tickets.assignee_id
    left join lateral (
  select jsonb_build_object(
    'id', id, 'beginning', left(body, 200), 'is_client_author', is_client_author, 'is_internal', is_internal,
    'author_name', author_name, 'has_files', files <> '[]',
    'sent_at', to_char(sent_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
  ) as last_comment
  from comments
  where comments.account_id = keys.account_id and comments.ticket_number = keys.number
  order by id desc
  limit 1
) as last_comment on true
    ) as page
    where place = 1 or up_to <= $4
    order by place

--- desk/queue/queue.ts 676dd045da 0895243778 3f7f3e2680 6201111b83 6726c5e12f 717212c4b5 b434ffe439
with keys as materialized (
      select account_id, number, tickets.number as place
      from tickets
      where "tickets"."account_id" = $1::bigint and keystone_projects && $2::text[]
      order by tickets.number, tickets.number
      limit 26
    )
    select *
    from (
    select
  tickets.account_id, tickets.version, tickets.staff_version, tickets.has_reply, tickets.number, tickets.summary, statuses.name as status,
  tickets.status_key, tickets.type, tickets.topic_key, tickets.is_closed, tickets.is_resolved,
  tickets.is_client_author, tickets.is_client_read, tickets.is_await_client, tickets.is_await_support,
  tickets.client_aliased_name, tickets.client_emails, tickets.splitted_from_ticket_number,
  tickets.close_reason, tickets.vote, tickets.created_at, tickets.updated_at, tickets.closed_at, tickets.priority,
  tickets.tags, tickets.assignee_id, tickets.is_staff_read, tickets.waiting_since, tickets.first_response_at,
  tickets.resolved_at, tickets.due_at, tickets.first_response_due_at, tickets.resolution_due_at,
  tickets.merged_into_ticket_number, tickets.is_snoozed, tickets.snoozed_until, tickets.external_id,
  tickets.access_level, tickets.keystone_projects, tickets.notice_id, tickets.comment_count, tickets.comment_bytes,
  tickets.merged_at, tickets.merged_into_ticket_number is not null and tickets.before_merge is null as is_split_undone
, accounts.name as account_name, staff.name as assignee_name, last_comment,
      exists (
  select from drafts
  where drafts.account_id = keys.account_id and drafts.ticket_number = keys.number and drafts.staff_id = $3
) as has_draft,
      row_number() over (order by tickets.number, tickets.number) as place, count(*) over () as found,
      sum(coalesce(octet_length(tickets.vote::text), 0)) over (order by tickets.number, tickets.number) as up_to
    from keys
    join tickets using (account_id, number)
    join statuses on statuses.key = tickets.status_key
    join accounts using (account_id)
    left join staff on staff.staff_id = tickets.assignee_id
    left join lateral (
  select jsonb_build_object(
    'id', id, 'beginning', left(body, 200), 'is_client_author', is_client_author, 'is_internal', is_internal,
    'author_name', author_name, 'has_files', files <> '[]',
    'sent_at', to_char(sent_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
  ) as last_comment
  from comments
  where comments.account_id = keys.account_id and comments.ticket_number = keys.number
  order by id desc
  limit 1
) as last_comment on true
    ) as page
    where place = 1 or up_to <= $4
    order by place

--- desk/queue/queue.ts 676dd045da 093f9f694b 3f7f3e2680 6726c5e12f b434ffe439
with keys as materialized (
      select account_id, number, tickets.updated_at as place
      from tickets
      where
    (tickets.account_id, tickets.number) in (
      select account_id, ticket_number
      from mentions
      where staff_id = $1
    )
      order by tickets.updated_at desc, tickets.number desc
      limit 101
    )
    select *
    from (
    select
  tickets.account_id, tickets.version, tickets.staff_version, tickets.has_reply, tickets.number, tickets.summary, statuses.name as status,
  tickets.status_key, tickets.type, tickets.topic_key, tickets.is_closed, tickets.is_resolved,
  tickets.is_client_author, tickets.is_client_read, tickets.is_await_client, tickets.is_await_support,
  tickets.client_aliased_name, tickets.client_emails, tickets.splitted_from_ticket_number,
  tickets.close_reason, tickets.vote, tickets.created_at, tickets.updated_at, tickets.closed_at, tickets.priority,
  tickets.tags, tickets.assignee_id, tickets.is_staff_read, tickets.waiting_since, tickets.first_response_at,
  tickets.resolved_at, tickets.due_at, tickets.first_response_due_at, tickets.resolution_due_at,
  tickets.merged_into_ticket_number, tickets.is_snoozed, tickets.snoozed_until, tickets.external_id,
  tickets.access_level, tickets.keystone_projects, tickets.notice_id, tickets.comment_count, tickets.comment_bytes,
  tickets.merged_at, tickets.merged_into_ticket_number is not null and tickets.before_merge is null as is_split_undone
, accounts.name as account_name, staff.name as assignee_name, last_comment,
      exists (
  select from drafts
  where drafts.account_id = keys.account_id and drafts.ticket_number = keys.number and drafts.staff_id = $2
) as has_draft,
      row_number() over (order by tickets.updated_at desc, tickets.number desc) as place, count(*) over () as found,
      sum(coalesce(octet_length(tickets.vote::text), 0)) over (order by tickets.updated_at desc, tickets.number desc) as up_to
    from keys
    join tickets using (account_id, number)
    join statuses on statuses.key = tickets.status_key
    join accounts using (account_id)
    left join staff on staff.staff_id = tickets.assignee_id
    left join lateral (
  select jsonb_build_object(
    'id', id, 'beginning', left(body, 200), 'is_client_author', is_client_author, 'is_internal', is_internal,
    'author_name', author_name, 'has_files', files <> '[]',
    'sent_at', to_char(sent_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
  ) as last_comment
  from comments
  where comments.account_id = keys.account_id and comments.ticket_number = keys.number
  order by id desc
  limit 1
) as last_comment on true
    ) as page
    where place = 1 or up_to <= $3
    order by place

--- desk/queue/queue.ts 676dd045da 12a7135bce 3f7f3e2680 6201111b83 6726c5e12f 698fbeb49d 6ff4dc3b1a b434ffe439
with keys as materialized (
      select account_id, number, tickets.number as place
      from tickets
      where not is_snoozed and not
    exists (
      select from comments
      where comments.account_id = tickets.account_id and comments.ticket_number = tickets.number and files <> '[]'
      offset 0
    )
      order by tickets.number, tickets.number
      limit 101
    )
    select *
    from (
    select
  tickets.account_id, tickets.version, tickets.staff_version, tickets.has_reply, tickets.number, tickets.summary, statuses.name as status,
  tickets.status_key, tickets.type, tickets.topic_key, tickets.is_closed, tickets.is_resolved,
  tickets.is_client_author, tickets.is_client_read, tickets.is_await_client, tickets.is_await_support,
  tickets.client_aliased_name, tickets.client_emails, tickets.splitted_from_ticket_number,
  tickets.close_reason, tickets.vote, tickets.created_at, tickets.updated_at, tickets.closed_at, tickets.priority,
  tickets.tags, tickets.assignee_id, tickets.is_staff_read, tickets.waiting_since, tickets.first_response_at,
  tickets.resolved_at, tickets.due_at, tickets.first_response_due_at, tickets.resolution_due_at,
  tickets.merged_into_ticket_number, tickets.is_snoozed, tickets.snoozed_until, tickets.external_id,
  tickets.access_level, tickets.keystone_projects, tickets.notice_id, tickets.comment_count, tickets.comment_bytes,
  tickets.merged_at, tickets.merged_into_ticket_number is not null and tickets.before_merge is null as is_split_undone
, accounts.name as account_name, staff.name as assignee_name, last_comment,
      exists (
  select from drafts
  where drafts.account_id = keys.account_id and drafts.ticket_number = keys.number and drafts.staff_id = $1
) as has_draft,
      row_number() over (order by tickets.number, tickets.number) as place, count(*) over () as found,
      sum(coalesce(octet_length(tickets.vote::text), 0)) over (order by tickets.number, tickets.number) as up_to
    from keys
    join tickets using (account_id, number)
    join statuses on statuses.key = tickets.status_key
    join accounts using (account_id)
    left join staff on staff.staff_id = tickets.assignee_id
    left join lateral (
  select jsonb_build_object(
    'id', id, 'beginning', left(body, 200), 'is_client_author', is_client_author, 'is_internal', is_internal,
    'author_name', author_name, 'has_files', files <> '[]',
    'sent_at', to_char(sent_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
  ) as last_comment
  from comments
  where comments.account_id = keys.account_id and comments.ticket_number = keys.number
  order by id desc
  limit 1
) as last_comment on true
    ) as page
    where place = 1 or up_to <= $2
    order by place

--- desk/queue/queue.ts 676dd045da 251a4c34d7 285b659594 34c80dc202 3a96297334 3f7f3e2680 6201111b83 6726c5e12f b434ffe439
with keys as materialized (
      select account_id, number, tickets.number as place
      from tickets
      where (tickets.number = any($1::bigint[])) and (tickets.vote ->> 'score')::int between $2 and $3
      order by tickets.number, tickets.number
      limit 101
    )
    select *
    from (
    select
  tickets.account_id, tickets.version, tickets.staff_version, tickets.has_reply, tickets.number, tickets.summary, statuses.name as status,
  tickets.status_key, tickets.type, tickets.topic_key, tickets.is_closed, tickets.is_resolved,
  tickets.is_client_author, tickets.is_client_read, tickets.is_await_client, tickets.is_await_support,
  tickets.client_aliased_name, tickets.client_emails, tickets.splitted_from_ticket_number,
  tickets.close_reason, tickets.vote, tickets.created_at, tickets.updated_at, tickets.closed_at, tickets.priority,
  tickets.tags, tickets.assignee_id, tickets.is_staff_read, tickets.waiting_since, tickets.first_response_at,
  tickets.resolved_at, tickets.due_at, tickets.first_response_due_at, tickets.resolution_due_at,
  tickets.merged_into_ticket_number, tickets.is_snoozed, tickets.snoozed_until, tickets.external_id,
  tickets.access_level, tickets.keystone_projects, tickets.notice_id, tickets.comment_count, tickets.comment_bytes,
  tickets.merged_at, tickets.merged_into_ticket_number is not null and tickets.before_merge is null as is_split_undone
, accounts.name as account_name, staff.name as assignee_name, last_comment,
      exists (
  select from drafts
  where drafts.account_id = keys.account_id and drafts.ticket_number = keys.number and drafts.staff_id = $4
) as has_draft,
      row_number() over (order by tickets.number, tickets.number) as place, count(*) over () as found,
      sum(coalesce(octet_length(tickets.vote::text), 0)) over (order by tickets.number, tickets.number) as up_to
    from keys
    join tickets using (account_id, number)
    join statuses on statuses.key = tickets.status_key
    join accounts using (account_id)
    left join staff on staff.staff_id = tickets.assignee_id
    left join lateral (
  select jsonb_build_object(
    'id', id, 'beginning', left(body, 200), 'is_client_author', is_client_author, 'is_internal', is_internal,
    'author_name', author_name, 'has_files', files <> '[]',
    'sent_at', to_char(sent_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
  ) as last_comment
  from comments
  where comments.account_id = keys.account_id and comments.ticket_number = keys.number
  order by id desc
  limit 1
) as last_comment on true
    ) as page
    where place = 1 or up_to <= $5
    order by place

--- desk/queue/queue.ts 676dd045da 251a4c34d7 2deb46bc7a 3f7f3e2680 6201111b83 6726c5e12f 79b05a66d8 7bfdb7f24c b434ffe439 b5bea41b6c c28832ae1b cbd542249b ccd359b2c8
with keys as materialized (
      select account_id, number, tickets.number as place
      from tickets
      where (
    tickets.number = any(array(select number from (
          select account_id, number
          from (
  select account_id, number
  from search_texts
  where words @@ (select $1::tsquery)
  offset 0
) as found
          where true and exists (
      select from search_texts
      where search_texts.account_id = "found"."account_id"
        and search_texts.number = "found"."number"
        and search_texts.words @@ (select $2::tsquery)
      offset 0
    )
        ) as found))
   or tickets.number = any($3::bigint[]))
      order by tickets.number, tickets.number
      limit 26
    )
    select *
    from (
    select
  tickets.account_id, tickets.version, tickets.staff_version, tickets.has_reply, tickets.number, tickets.summary, statuses.name as status,
  tickets.status_key, tickets.type, tickets.topic_key, tickets.is_closed, tickets.is_resolved,
  tickets.is_client_author, tickets.is_client_read, tickets.is_await_client, tickets.is_await_support,
  tickets.client_aliased_name, tickets.client_emails, tickets.splitted_from_ticket_number,
  tickets.close_reason, tickets.vote, tickets.created_at, tickets.updated_at, tickets.closed_at, tickets.priority,
  tickets.tags, tickets.assignee_id, tickets.is_staff_read, tickets.waiting_since, tickets.first_response_at,
  tickets.resolved_at, tickets.due_at, tickets.first_response_due_at, tickets.resolution_due_at,
  tickets.merged_into_ticket_number, tickets.is_snoozed, tickets.snoozed_until, tickets.external_id,
  tickets.access_level, tickets.keystone_projects, tickets.notice_id, tickets.comment_count, tickets.comment_bytes,
  tickets.merged_at, tickets.merged_into_ticket_number is not null and tickets.before_merge is null as is_split_undone
, accounts.name as account_name, staff.name as assignee_name, last_comment,
      exists (
  select from drafts
  where drafts.account_id = keys.account_id and drafts.ticket_number = keys.number and drafts.staff_id = $4
) as has_draft,
      row_number() over (order by tickets.number, tickets.number) as place, count(*) over () as found,
      sum(coalesce(octet_length(tickets.vote::text), 0)) over (order by tickets.number, tickets.number) as up_to
    from keys
    join tickets using (account_id, number)
    join statuses on statuses.key = tickets.status_key
    join accounts using (account_id)
    left join staff on staff.staff_id = tickets.assignee_id
    left join lateral (
  select jsonb_build_object(
    'id', id, 'beginning', left(body, 200), 'is_client_author', is_client_author, 'is_internal', is_internal,
    'author_name', author_name, 'has_files', files <> '[]',
    'sent_at', to_char(sent_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
  ) as last_comment
  from comments
  where comments.account_id = keys.account_id and comments.ticket_number = keys.number
  order by id desc
  limit 1
) as last_comment on true
    ) as page
    where place = 1 or up_to <= $5
    order by place

--- desk/queue/queue.ts 676dd045da 262d12e583 3f7f3e2680 6201111b83 6726c5e12f 6ff4dc3b1a b434ffe439
with keys as materialized (
      select account_id, number, tickets.updated_at as place
      from tickets
      where is_staff_read and not is_snoozed
      order by tickets.updated_at desc, tickets.number desc
      limit 26
    )
    select *
    from (
    select
  tickets.account_id, tickets.version, tickets.staff_version, tickets.has_reply, tickets.number, tickets.summary, statuses.name as status,
  tickets.status_key, tickets.type, tickets.topic_key, tickets.is_closed, tickets.is_resolved,
  tickets.is_client_author, tickets.is_client_read, tickets.is_await_client, tickets.is_await_support,
  tickets.client_aliased_name, tickets.client_emails, tickets.splitted_from_ticket_number,
  tickets.close_reason, tickets.vote, tickets.created_at, tickets.updated_at, tickets.closed_at, tickets.priority,
  tickets.tags, tickets.assignee_id, tickets.is_staff_read, tickets.waiting_since, tickets.first_response_at,
  tickets.resolved_at, tickets.due_at, tickets.first_response_due_at, tickets.resolution_due_at,
  tickets.merged_into_ticket_number, tickets.is_snoozed, tickets.snoozed_until, tickets.external_id,
  tickets.access_level, tickets.keystone_projects, tickets.notice_id, tickets.comment_count, tickets.comment_bytes,
  tickets.merged_at, tickets.merged_into_ticket_number is not null and tickets.before_merge is null as is_split_undone
, accounts.name as account_name, staff.name as assignee_name, last_comment,
      exists (
  select from drafts
  where drafts.account_id = keys.account_id and drafts.ticket_number = keys.number and drafts.staff_id = $1
) as has_draft,
      row_number() over (order by tickets.updated_at desc, tickets.number desc) as place, count(*) over () as found,
      sum(coalesce(octet_length(tickets.vote::text), 0)) over (order by tickets.updated_at desc, tickets.number desc) as up_to
    from keys
    join tickets using (account_id, number)
    join statuses on statuses.key = tickets.status_key
    join accounts using (account_id)
    left join staff on staff.staff_id = tickets.assignee_id
    left join lateral (
  select jsonb_build_object(
    'id', id, 'beginning', left(body, 200), 'is_client_author', is_client_author, 'is_internal', is_internal,
    'author_name', author_name, 'has_files', files <> '[]',
    'sent_at', to_char(sent_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
  ) as last_comment
  from comments
  where comments.account_id = keys.account_id and comments.ticket_number = keys.number
  order by id desc
  limit 1
) as last_comment on true
    ) as page
    where place = 1 or up_to <= $2
    order by place

--- desk/queue/queue.ts 676dd045da 2a4cc46cf0 3a96297334 3f7f3e2680 6201111b83 6726c5e12f 6ff4dc3b1a 7175517a37 8d73e54273 b434ffe439 bdc962d158
with keys as materialized (
      select account_id, number, tickets.updated_at as place
      from tickets
      where (waiting_since is not null or not is_closed and status_key = 'await_client') and not is_closed and not is_snoozed
      order by tickets.updated_at desc, tickets.number desc
      limit 26
    )
    select *
    from (
    select
  tickets.account_id, tickets.version, tickets.staff_version, tickets.has_reply, tickets.number, tickets.summary, statuses.name as status,
  tickets.status_key, tickets.type, tickets.topic_key, tickets.is_closed, tickets.is_resolved,
  tickets.is_client_author, tickets.is_client_read, tickets.is_await_client, tickets.is_await_support,
  tickets.client_aliased_name, tickets.client_emails, tickets.splitted_from_ticket_number,
  tickets.close_reason, tickets.vote, tickets.created_at, tickets.updated_at, tickets.closed_at, tickets.priority,
  tickets.tags, tickets.assignee_id, tickets.is_staff_read, tickets.waiting_since, tickets.first_response_at,
  tickets.resolved_at, tickets.due_at, tickets.first_response_due_at, tickets.resolution_due_at,
  tickets.merged_into_ticket_number, tickets.is_snoozed, tickets.snoozed_until, tickets.external_id,
  tickets.access_level, tickets.keystone_projects, tickets.notice_id, tickets.comment_count, tickets.comment_bytes,
  tickets.merged_at, tickets.merged_into_ticket_number is not null and tickets.before_merge is null as is_split_undone
, accounts.name as account_name, staff.name as assignee_name, last_comment,
      exists (
  select from drafts
  where drafts.account_id = keys.account_id and drafts.ticket_number = keys.number and drafts.staff_id = $1
) as has_draft,
      row_number() over (order by tickets.updated_at desc, tickets.number desc) as place, count(*) over () as found,
      sum(coalesce(octet_length(tickets.vote::text), 0)) over (order by tickets.updated_at desc, tickets.number desc) as up_to
    from keys
    join tickets using (account_id, number)
    join statuses on statuses.key = tickets.status_key
    join accounts using (account_id)
    left join staff on staff.staff_id = tickets.assignee_id
    left join lateral (
  select jsonb_build_object(
    'id', id, 'beginning', left(body, 200), 'is_client_author', is_client_author, 'is_internal', is_internal,
    'author_name', author_name, 'has_files', files <> '[]',
    'sent_at', to_char(sent_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
  ) as last_comment
  from comments
  where comments.account_id = keys.account_id and comments.ticket_number = keys.number
  order by id desc
  limit 1
) as last_comment on true
    ) as page
    where place = 1 or up_to <= $2
    order by place

--- desk/queue/queue.ts 676dd045da 2f846a594d 3f7f3e2680 6201111b83 62b67e1f68 6726c5e12f 6ff4dc3b1a b434ffe439 f50444d219
with keys as materialized (
      select account_id, number, tickets.waiting_since as place
      from tickets
      where not is_snoozed and tickets.waiting_since is not null and (tickets.waiting_since, tickets.number) > ($1::timestamptz, $2::bigint)
      order by tickets.waiting_since, tickets.number
      limit 4
    )
    select *
    from (
    select
  tickets.account_id, tickets.version, tickets.staff_version, tickets.has_reply, tickets.number, tickets.summary, statuses.name as status,
  tickets.status_key, tickets.type, tickets.topic_key, tickets.is_closed, tickets.is_resolved,
  tickets.is_client_author, tickets.is_client_read, tickets.is_await_client, tickets.is_await_support,
  tickets.client_aliased_name, tickets.client_emails, tickets.splitted_from_ticket_number,
  tickets.close_reason, tickets.vote, tickets.created_at, tickets.updated_at, tickets.closed_at, tickets.priority,
  tickets.tags, tickets.assignee_id, tickets.is_staff_read, tickets.waiting_since, tickets.first_response_at,
  tickets.resolved_at, tickets.due_at, tickets.first_response_due_at, tickets.resolution_due_at,
  tickets.merged_into_ticket_number, tickets.is_snoozed, tickets.snoozed_until, tickets.external_id,
  tickets.access_level, tickets.keystone_projects, tickets.notice_id, tickets.comment_count, tickets.comment_bytes,
  tickets.merged_at, tickets.merged_into_ticket_number is not null and tickets.before_merge is null as is_split_undone
, accounts.name as account_name, staff.name as assignee_name, last_comment,
      exists (
  select from drafts
  where drafts.account_id = keys.account_id and drafts.ticket_number = keys.number and drafts.staff_id = $3
) as has_draft,
      row_number() over (order by tickets.waiting_since, tickets.number) as place, count(*) over () as found,
      sum(coalesce(octet_length(tickets.vote::text), 0)) over (order by tickets.waiting_since, tickets.number) as up_to
    from keys
    join tickets using (account_id, number)
    join statuses on statuses.key = tickets.status_key
    join accounts using (account_id)
    left join staff on staff.staff_id = tickets.assignee_id
    left join lateral (
  select jsonb_build_object(
    'id', id, 'beginning', left(body, 200), 'is_client_author', is_client_author, 'is_internal', is_internal,
    'author_name', author_name, 'has_files', files <> '[]',
    'sent_at', to_char(sent_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
  ) as last_comment
  from comments
  where comments.account_id = keys.account_id and comments.ticket_number = keys.number
  order by id desc
  limit 1
) as last_comment on true
    ) as page
    where place = 1 or up_to <= $4
    order by place

--- desk/queue/queue.ts 676dd045da 35cb416631 3f7f3e2680 6201111b83 6726c5e12f 6ff4dc3b1a b434ffe439 bdc962d158
with keys as materialized (
      select account_id, number, tickets.updated_at as place
      from tickets
      where due_at <= now() and not is_closed and not is_snoozed
      order by tickets.updated_at desc, tickets.number desc
      limit 26
    )
    select *
    from (
    select
  tickets.account_id, tickets.version, tickets.staff_version, tickets.has_reply, tickets.number, tickets.summary, statuses.name as status,
  tickets.status_key, tickets.type, tickets.topic_key, tickets.is_closed, tickets.is_resolved,
  tickets.is_client_author, tickets.is_client_read, tickets.is_await_client, tickets.is_await_support,
  tickets.client_aliased_name, tickets.client_emails, tickets.splitted_from_ticket_number,
  tickets.close_reason, tickets.vote, tickets.created_at, tickets.updated_at, tickets.closed_at, tickets.priority,
  tickets.tags, tickets.assignee_id, tickets.is_staff_read, tickets.waiting_since, tickets.first_response_at,
  tickets.resolved_at, tickets.due_at, tickets.first_response_due_at, tickets.resolution_due_at,
  tickets.merged_into_ticket_number, tickets.is_snoozed, tickets.snoozed_until, tickets.external_id,
  tickets.access_level, tickets.keystone_projects, tickets.notice_id, tickets.comment_count, tickets.comment_bytes,
  tickets.merged_at, tickets.merged_into_ticket_number is not null and tickets.before_merge is null as is_split_undone
, accounts.name as account_name, staff.name as assignee_name, last_comment,
      exists (
  select from drafts
  where drafts.account_id = keys.account_id and drafts.ticket_number = keys.number and drafts.staff_id = $1
) as has_draft,
      row_number() over (order by tickets.updated_at desc, tickets.number desc) as place, count(*) over () as found,
      sum(coalesce(octet_length(tickets.vote::text), 0)) over (order by tickets.updated_at desc, tickets.number desc) as up_to
    from keys
    join tickets using (account_id, number)
    join statuses on statuses.key = tickets.status_key
    join accounts using (account_id)
    left join staff on staff.staff_id = tickets.assignee_id
    left join lateral (
  select jsonb_build_object(
    'id', id, 'beginning', left(body, 200), 'is_client_author', is_client_author, 'is_internal', is_internal,
    'author_name', author_name, 'has_files', files <> '[]',
    'sent_at', to_char(sent_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
  ) as last_comment
  from comments
  where comments.account_id = keys.account_id and comments.ticket_number = keys.number
  order by id desc
  limit 1
) as last_comment on true
    ) as page
    where place = 1 or up_to <= $2
    order by place

--- desk/queue/queue.ts 676dd045da 3a96297334 3f7f3e2680 6726c5e12f 72335314b1 79b05a66d8 b434ffe439
with keys as materialized (
      select account_id, number, tickets.number as place
      from tickets
      where ((
  exists (
    select from account_search
    where account_search.account_id = tickets.account_id and user_id = '' and words @@ (select $1::tsquery)
    offset 0
  )
  or exists (
    select from comments
    join account_search using (account_id, user_id)
    where comments.account_id = tickets.account_id and comments.ticket_number = tickets.number
      and words @@ (select $2::tsquery)
    offset 0
  )
))
      order by tickets.number, tickets.number
      limit 101
    )
    select *
    from (
    select
  tickets.account_id, tickets.version, tickets.staff_version, tickets.has_reply, tickets.number, tickets.summary, statuses.name as status,
  tickets.status_key, tickets.type, tickets.topic_key, tickets.is_closed, tickets.is_resolved,
  tickets.is_client_author, tickets.is_client_read, tickets.is_await_client, tickets.is_await_support,
  tickets.client_aliased_name, tickets.client_emails, tickets.splitted_from_ticket_number,
  tickets.close_reason, tickets.vote, tickets.created_at, tickets.updated_at, tickets.closed_at, tickets.priority,
  tickets.tags, tickets.assignee_id, tickets.is_staff_read, tickets.waiting_since, tickets.first_response_at,
  tickets.resolved_at, tickets.due_at, tickets.first_response_due_at, tickets.resolution_due_at,
  tickets.merged_into_ticket_number, tickets.is_snoozed, tickets.snoozed_until, tickets.external_id,
  tickets.access_level, tickets.keystone_projects, tickets.notice_id, tickets.comment_count, tickets.comment_bytes,
  tickets.merged_at, tickets.merged_into_ticket_number is not null and tickets.before_merge is null as is_split_undone
, accounts.name as account_name, staff.name as assignee_name, last_comment,
      exists (
  select from drafts
  where drafts.account_id = keys.account_id and drafts.ticket_number = keys.number and drafts.staff_id = $3
) as has_draft,
      row_number() over (order by tickets.number, tickets.number) as place, count(*) over () as found,
      sum(coalesce(octet_length(tickets.vote::text), 0)) over (order by tickets.number, tickets.number) as up_to
    from keys
    join tickets using (account_id, number)
    join statuses on statuses.key = tickets.status_key
    join accounts using (account_id)
    left join staff on staff.staff_id = tickets.assignee_id
    left join lateral (
  select jsonb_build_object(
    'id', id, 'beginning', left(body, 200), 'is_client_author', is_client_author, 'is_internal', is_internal,
    'author_name', author_name, 'has_files', files <> '[]',
    'sent_at', to_char(sent_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
  ) as last_comment
  from comments
  where comments.account_id = keys.account_id and comments.ticket_number = keys.number
  order by id desc
  limit 1
) as last_comment on true
    ) as page
    where place = 1 or up_to <= $4
    order by place

--- desk/queue/queue.ts 676dd045da 3f7f3e2680 46a0b051b8 6201111b83 6726c5e12f 6ff4dc3b1a 717212c4b5 b434ffe439 bdc962d158
with keys as materialized (
      select account_id, number, tickets.updated_at as place
      from tickets
      where "status_key" = $1::text and (due_at is null or due_at > now()) and not is_closed and not is_snoozed
      order by tickets.updated_at desc, tickets.number desc
      limit 26
    )
    select *
    from (
    select
  tickets.account_id, tickets.version, tickets.staff_version, tickets.has_reply, tickets.number, tickets.summary, statuses.name as status,
  tickets.status_key, tickets.type, tickets.topic_key, tickets.is_closed, tickets.is_resolved,
  tickets.is_client_author, tickets.is_client_read, tickets.is_await_client, tickets.is_await_support,
  tickets.client_aliased_name, tickets.client_emails, tickets.splitted_from_ticket_number,
  tickets.close_reason, tickets.vote, tickets.created_at, tickets.updated_at, tickets.closed_at, tickets.priority,
  tickets.tags, tickets.assignee_id, tickets.is_staff_read, tickets.waiting_since, tickets.first_response_at,
  tickets.resolved_at, tickets.due_at, tickets.first_response_due_at, tickets.resolution_due_at,
  tickets.merged_into_ticket_number, tickets.is_snoozed, tickets.snoozed_until, tickets.external_id,
  tickets.access_level, tickets.keystone_projects, tickets.notice_id, tickets.comment_count, tickets.comment_bytes,
  tickets.merged_at, tickets.merged_into_ticket_number is not null and tickets.before_merge is null as is_split_undone
, accounts.name as account_name, staff.name as assignee_name, last_comment,
      exists (
  select from drafts
  where drafts.account_id = keys.account_id and drafts.ticket_number = keys.number and drafts.staff_id = $2
) as has_draft,
      row_number() over (order by tickets.updated_at desc, tickets.number desc) as place, count(*) over () as found,
      sum(coalesce(octet_length(tickets.vote::text), 0)) over (order by tickets.updated_at desc, tickets.number desc) as up_to
    from keys
    join tickets using (account_id, number)
    join statuses on statuses.key = tickets.status_key
    join accounts using (account_id)
    left join staff on staff.staff_id = tickets.assignee_id
    left join lateral (
  select jsonb_build_object(
    'id', id, 'beginning', left(body, 200), 'is_client_author', is_client_author, 'is_internal', is_internal,
    'author_name', author_name, 'has_files', files <> '[]',
    'sent_at', to_char(sent_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
  ) as last_comment
  from comments
  where comments.account_id = keys.account_id and comments.ticket_number = keys.number
  order by id desc
  limit 1
) as last_comment on true
    ) as page
    where place = 1 or up_to <= $3
    order by place

--- desk/queue/queue.ts 676dd045da 3f7f3e2680 4780c43f8d 6726c5e12f 79b05a66d8 7bfdb7f24c b434ffe439 b5bea41b6c c28832ae1b ccd359b2c8
with keys as materialized (
      select account_id, number, tickets.updated_at as place
      from tickets
      where
    tickets.number = any(array(select number from (select account_id, number from (
  select account_id, number
  from search_texts
  where words @@ (select $1::tsquery)
  offset 0
) as found where true intersect select account_id, number from (
  select account_id, number
  from search_texts
  where words @@ (select $2::tsquery)
  offset 0
) as found where true) as found))
      order by tickets.updated_at desc, tickets.number desc
      limit 26
    )
    select *
    from (
    select
  tickets.account_id, tickets.version, tickets.staff_version, tickets.has_reply, tickets.number, tickets.summary, statuses.name as status,
  tickets.status_key, tickets.type, tickets.topic_key, tickets.is_closed, tickets.is_resolved,
  tickets.is_client_author, tickets.is_client_read, tickets.is_await_client, tickets.is_await_support,
  tickets.client_aliased_name, tickets.client_emails, tickets.splitted_from_ticket_number,
  tickets.close_reason, tickets.vote, tickets.created_at, tickets.updated_at, tickets.closed_at, tickets.priority,
  tickets.tags, tickets.assignee_id, tickets.is_staff_read, tickets.waiting_since, tickets.first_response_at,
  tickets.resolved_at, tickets.due_at, tickets.first_response_due_at, tickets.resolution_due_at,
  tickets.merged_into_ticket_number, tickets.is_snoozed, tickets.snoozed_until, tickets.external_id,
  tickets.access_level, tickets.keystone_projects, tickets.notice_id, tickets.comment_count, tickets.comment_bytes,
  tickets.merged_at, tickets.merged_into_ticket_number is not null and tickets.before_merge is null as is_split_undone
, accounts.name as account_name, staff.name as assignee_name, last_comment,
      exists (
  select from drafts
  where drafts.account_id = keys.account_id and drafts.ticket_number = keys.number and drafts.staff_id = $3
) as has_draft,
      row_number() over (order by tickets.updated_at desc, tickets.number desc) as place, count(*) over () as found,
      sum(coalesce(octet_length(tickets.vote::text), 0)) over (order by tickets.updated_at desc, tickets.number desc) as up_to
    from keys
    join tickets using (account_id, number)
    join statuses on statuses.key = tickets.status_key
    join accounts using (account_id)
    left join staff on staff.staff_id = tickets.assignee_id
    left join lateral (
  select jsonb_build_object(
    'id', id, 'beginning', left(body, 200), 'is_client_author', is_client_author, 'is_internal', is_internal,
    'author_name', author_name, 'has_files', files <> '[]',
    'sent_at', to_char(sent_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
  ) as last_comment
  from comments
  where comments.account_id = keys.account_id and comments.ticket_number = keys.number
  order by id desc
  limit 1
) as last_comment on true
    ) as page
    where place = 1 or up_to <= $4
    order by place

--- desk/queue/queue.ts 676dd045da 3f7f3e2680 54fa3de642 6201111b83 6726c5e12f 6ff4dc3b1a b434ffe439
with keys as materialized (
      select account_id, number, tickets.updated_at as place
      from tickets
      where not is_staff_read and not is_snoozed
      order by tickets.updated_at desc, tickets.number desc
      limit 26
    )
    select *
    from (
    select
  tickets.account_id, tickets.version, tickets.staff_version, tickets.has_reply, tickets.number, tickets.summary, statuses.name as status,
  tickets.status_key, tickets.type, tickets.topic_key, tickets.is_closed, tickets.is_resolved,
  tickets.is_client_author, tickets.is_client_read, tickets.is_await_client, tickets.is_await_support,
  tickets.client_aliased_name, tickets.client_emails, tickets.splitted_from_ticket_number,
  tickets.close_reason, tickets.vote, tickets.created_at, tickets.updated_at, tickets.closed_at, tickets.priority,
  tickets.tags, tickets.assignee_id, tickets.is_staff_read, tickets.waiting_since, tickets.first_response_at,
  tickets.resolved_at, tickets.due_at, tickets.first_response_due_at, tickets.resolution_due_at,
  tickets.merged_into_ticket_number, tickets.is_snoozed, tickets.snoozed_until, tickets.external_id,
  tickets.access_level, tickets.keystone_projects, tickets.notice_id, tickets.comment_count, tickets.comment_bytes,
  tickets.merged_at, tickets.merged_into_ticket_number is not null and tickets.before_merge is null as is_split_undone
, accounts.name as account_name, staff.name as assignee_name, last_comment,
      exists (
  select from drafts
  where drafts.account_id = keys.account_id and drafts.ticket_number = keys.number and drafts.staff_id = $1
) as has_draft,
      row_number() over (order by tickets.updated_at desc, tickets.number desc) as place, count(*) over () as found,
      sum(coalesce(octet_length(tickets.vote::text), 0)) over (order by tickets.updated_at desc, tickets.number desc) as up_to
    from keys
    join tickets using (account_id, number)
    join statuses on statuses.key = tickets.status_key
    join accounts using (account_id)
    left join staff on staff.staff_id = tickets.assignee_id
    left join lateral (
  select jsonb_build_object(
    'id', id, 'beginning', left(body, 200), 'is_client_author', is_client_author, 'is_internal', is_internal,
    'author_name', author_name, 'has_files', files <> '[]',
    'sent_at', to_char(sent_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
  ) as last_comment
  from comments
  where comments.account_id = keys.account_id and comments.ticket_number = keys.number
  order by id desc
  limit 1
) as last_comment on true
    ) as page
    where place = 1 or up_to <= $2
    order by place

--- desk/queue/queue.ts 676dd045da 3f7f3e2680 6201111b83 6726c5e12f 6aa6558946 6ff4dc3b1a b434ffe439
with keys as materialized (
      select account_id, number, tickets.updated_at as place
      from tickets
      where created_at >= $1 and not is_snoozed
      order by tickets.updated_at desc, tickets.number desc
      limit 26
    )
    select *
    from (
    select
  tickets.account_id, tickets.version, tickets.staff_version, tickets.has_reply, tickets.number, tickets.summary, statuses.name as status,
  tickets.status_key, tickets.type, tickets.topic_key, tickets.is_closed, tickets.is_resolved,
  tickets.is_client_author, tickets.is_client_read, tickets.is_await_client, tickets.is_await_support,
  tickets.client_aliased_name, tickets.client_emails, tickets.splitted_from_ticket_number,
  tickets.close_reason, tickets.vote, tickets.created_at, tickets.updated_at, tickets.closed_at, tickets.priority,
  tickets.tags, tickets.assignee_id, tickets.is_staff_read, tickets.waiting_since, tickets.first_response_at,
  tickets.resolved_at, tickets.due_at, tickets.first_response_due_at, tickets.resolution_due_at,
  tickets.merged_into_ticket_number, tickets.is_snoozed, tickets.snoozed_until, tickets.external_id,
  tickets.access_level, tickets.keystone_projects, tickets.notice_id, tickets.comment_count, tickets.comment_bytes,
  tickets.merged_at, tickets.merged_into_ticket_number is not null and tickets.before_merge is null as is_split_undone
, accounts.name as account_name, staff.name as assignee_name, last_comment,
      exists (
  select from drafts
  where drafts.account_id = keys.account_id and drafts.ticket_number = keys.number and drafts.staff_id = $2
) as has_draft,
      row_number() over (order by tickets.updated_at desc, tickets.number desc) as place, count(*) over () as found,
      sum(coalesce(octet_length(tickets.vote::text), 0)) over (order by tickets.updated_at desc, tickets.number desc) as up_to
    from keys
    join tickets using (account_id, number)
    join statuses on statuses.key = tickets.status_key
    join accounts using (account_id)
    left join staff on staff.staff_id = tickets.assignee_id
    left join lateral (
  select jsonb_build_object(
    'id', id, 'beginning', left(body, 200), 'is_client_author', is_client_author, 'is_internal', is_internal,
    'author_name', author_name, 'has_files', files <> '[]',
    'sent_at', to_char(sent_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
  ) as last_comment
  from comments
  where comments.account_id = keys.account_id and comments.ticket_number = keys.number
  order by id desc
  limit 1
) as last_comment on true
    ) as page
    where place = 1 or up_to <= $3
    order by place

--- desk/queue/queue.ts 676dd045da 3f7f3e2680 6201111b83 6726c5e12f 6e5556b6d9 6ff4dc3b1a b434ffe439
with keys as materialized (
      select account_id, number, tickets.number as place
      from tickets
      where external_id = $1 and not is_snoozed
      order by tickets.number, tickets.number
      limit 26
    )
    select *
    from (
    select
  tickets.account_id, tickets.version, tickets.staff_version, tickets.has_reply, tickets.number, tickets.summary, statuses.name as status,
  tickets.status_key, tickets.type, tickets.topic_key, tickets.is_closed, tickets.is_resolved,
  tickets.is_client_author, tickets.is_client_read, tickets.is_await_client, tickets.is_await_support,
  tickets.client_aliased_name, tickets.client_emails, tickets.splitted_from_ticket_number,
  tickets.close_reason, tickets.vote, tickets.created_at, tickets.updated_at, tickets.closed_at, tickets.priority,
  tickets.tags, tickets.assignee_id, tickets.is_staff_read, tickets.waiting_since, tickets.first_response_at,
  tickets.resolved_at, tickets.due_at, tickets.first_response_due_at, tickets.resolution_due_at,
  tickets.merged_into_ticket_number, tickets.is_snoozed, tickets.snoozed_until, tickets.external_id,
  tickets.access_level, tickets.keystone_projects, tickets.notice_id, tickets.comment_count, tickets.comment_bytes,
  tickets.merged_at, tickets.merged_into_ticket_number is not null and tickets.before_merge is null as is_split_undone
, accounts.name as account_name, staff.name as assignee_name, last_comment,
      exists (
  select from drafts
  where drafts.account_id = keys.account_id and drafts.ticket_number = keys.number and drafts.staff_id = $2
) as has_draft,
      row_number() over (order by tickets.number, tickets.number) as place, count(*) over () as found,
      sum(coalesce(octet_length(tickets.vote::text), 0)) over (order by tickets.number, tickets.number) as up_to
    from keys
    join tickets using (account_id, number)
    join statuses on statuses.key = tickets.status_key
    join accounts using (account_id)
    left join staff on staff.staff_id = tickets.assignee_id
    left join lateral (
  select jsonb_build_object(
    'id', id, 'beginning', left(body, 200), 'is_client_author', is_client_author, 'is_internal', is_internal,
    'author_name', author_name, 'has_files', files <> '[]',
    'sent_at', to_char(sent_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
  ) as last_comment
  from comments
  where comments.account_id = keys.account_id and comments.ticket_number = keys.number
  order by id desc
  limit 1
) as last_comment on true
    ) as page
    where place = 1 or up_to <= $3
    order by place

--- desk/queue/queue.ts 676dd045da 3f7f3e2680 6201111b83 6726c5e12f 6ff4dc3b1a 712107e554 b434ffe439
with keys as materialized (
      select account_id, number, tickets.number as place
      from tickets
      where "topic_key" is null and not is_snoozed
      order by tickets.number, tickets.number
      limit 26
    )
    select *
    from (
    select
  tickets.account_id, tickets.version, tickets.staff_version, tickets.has_reply, tickets.number, tickets.summary, statuses.name as status,
  tickets.status_key, tickets.type, tickets.topic_key, tickets.is_closed, tickets.is_resolved,
  tickets.is_client_author, tickets.is_client_read, tickets.is_await_client, tickets.is_await_support,
  tickets.client_aliased_name, tickets.client_emails, tickets.splitted_from_ticket_number,
  tickets.close_reason, tickets.vote, tickets.created_at, tickets.updated_at, tickets.closed_at, tickets.priority,
  tickets.tags, tickets.assignee_id, tickets.is_staff_read, tickets.waiting_since, tickets.first_response_at,
  tickets.resolved_at, tickets.due_at, tickets.first_response_due_at, tickets.resolution_due_at,
  tickets.merged_into_ticket_number, tickets.is_snoozed, tickets.snoozed_until, tickets.external_id,
  tickets.access_level, tickets.keystone_projects, tickets.notice_id, tickets.comment_count, tickets.comment_bytes,
  tickets.merged_at, tickets.merged_into_ticket_number is not null and tickets.before_merge is null as is_split_undone
, accounts.name as account_name, staff.name as assignee_name, last_comment,
      exists (
  select from drafts
  where drafts.account_id = keys.account_id and drafts.ticket_number = keys.number and drafts.staff_id = $1
) as has_draft,
      row_number() over (order by tickets.number, tickets.number) as place, count(*) over () as found,
      sum(coalesce(octet_length(tickets.vote::text), 0)) over (order by tickets.number, tickets.number) as up_to
    from keys
    join tickets using (account_id, number)
    join statuses on statuses.key = tickets.status_key
    join accounts using (account_id)
    left join staff on staff.staff_id = tickets.assignee_id
    left join lateral (
  select jsonb_build_object(
    'id', id, 'beginning', left(body, 200), 'is_client_author', is_client_author, 'is_internal', is_internal,
    'author_name', author_name, 'has_files', files <> '[]',
    'sent_at', to_char(sent_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
  ) as last_comment
  from comments
  where comments.account_id = keys.account_id and comments.ticket_number = keys.number
  order by id desc
  limit 1
) as last_comment on true
    ) as page
    where place = 1 or up_to <= $2
    order by place

--- desk/queue/queue.ts 676dd045da 3f7f3e2680 6201111b83 6726c5e12f 6ff4dc3b1a 717212c4b5 919594981b b434ffe439
with keys as materialized (
      select account_id, number, tickets.updated_at as place
      from tickets
      where ("topic_key" = $1::text or "topic_key" is null) and not is_snoozed
      order by tickets.updated_at desc, tickets.number desc
      limit 26
    )
    select *
    from (
    select
  tickets.account_id, tickets.version, tickets.staff_version, tickets.has_reply, tickets.number, tickets.summary, statuses.name as status,
  tickets.status_key, tickets.type, tickets.topic_key, tickets.is_closed, tickets.is_resolved,
  tickets.is_client_author, tickets.is_client_read, tickets.is_await_client, tickets.is_await_support,
  tickets.client_aliased_name, tickets.client_emails, tickets.splitted_from_ticket_number,
  tickets.close_reason, tickets.vote, tickets.created_at, tickets.updated_at, tickets.closed_at, tickets.priority,
  tickets.tags, tickets.assignee_id, tickets.is_staff_read, tickets.waiting_since, tickets.first_response_at,
  tickets.resolved_at, tickets.due_at, tickets.first_response_due_at, tickets.resolution_due_at,
  tickets.merged_into_ticket_number, tickets.is_snoozed, tickets.snoozed_until, tickets.external_id,
  tickets.access_level, tickets.keystone_projects, tickets.notice_id, tickets.comment_count, tickets.comment_bytes,
  tickets.merged_at, tickets.merged_into_ticket_number is not null and tickets.before_merge is null as is_split_undone
, accounts.name as account_name, staff.name as assignee_name, last_comment,
      exists (
  select from drafts
  where drafts.account_id = keys.account_id and drafts.ticket_number = keys.number and drafts.staff_id = $2
) as has_draft,
      row_number() over (order by tickets.updated_at desc, tickets.number desc) as place, count(*) over () as found,
      sum(coalesce(octet_length(tickets.vote::text), 0)) over (order by tickets.updated_at desc, tickets.number desc) as up_to
    from keys
    join tickets using (account_id, number)
    join statuses on statuses.key = tickets.status_key
    join accounts using (account_id)
    left join staff on staff.staff_id = tickets.assignee_id
    left join lateral (
  select jsonb_build_object(
    'id', id, 'beginning', left(body, 200), 'is_client_author', is_client_author, 'is_internal', is_internal,
    'author_name', author_name, 'has_files', files <> '[]',
    'sent_at', to_char(sent_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
  ) as last_comment
  from comments
  where comments.account_id = keys.account_id and comments.ticket_number = keys.number
  order by id desc
  limit 1
) as last_comment on true
    ) as page
    where place = 1 or up_to <= $3
    order by place

--- desk/queue/queue.ts 676dd045da 3f7f3e2680 6201111b83 6726c5e12f 6ff4dc3b1a 717212c4b5 abb77a85d1 b434ffe439
with keys as materialized (
      select account_id, number, tickets.updated_at as place
      from tickets
      where "assignee_id" = $1::bigint and
    assignee_id = any(array(select staff_id from staff where disabled_at is not null))
   and not is_snoozed
      order by tickets.updated_at desc, tickets.number desc
      limit 26
    )
    select *
    from (
    select
  tickets.account_id, tickets.version, tickets.staff_version, tickets.has_reply, tickets.number, tickets.summary, statuses.name as status,
  tickets.status_key, tickets.type, tickets.topic_key, tickets.is_closed, tickets.is_resolved,
  tickets.is_client_author, tickets.is_client_read, tickets.is_await_client, tickets.is_await_support,
  tickets.client_aliased_name, tickets.client_emails, tickets.splitted_from_ticket_number,
  tickets.close_reason, tickets.vote, tickets.created_at, tickets.updated_at, tickets.closed_at, tickets.priority,
  tickets.tags, tickets.assignee_id, tickets.is_staff_read, tickets.waiting_since, tickets.first_response_at,
  tickets.resolved_at, tickets.due_at, tickets.first_response_due_at, tickets.resolution_due_at,
  tickets.merged_into_ticket_number, tickets.is_snoozed, tickets.snoozed_until, tickets.external_id,
  tickets.access_level, tickets.keystone_projects, tickets.notice_id, tickets.comment_count, tickets.comment_bytes,
  tickets.merged_at, tickets.merged_into_ticket_number is not null and tickets.before_merge is null as is_split_undone
, accounts.name as account_name, staff.name as assignee_name, last_comment,
      exists (
  select from drafts
  where drafts.account_id = keys.account_id and drafts.ticket_number = keys.number and drafts.staff_id = $2
) as has_draft,
      row_number() over (order by tickets.updated_at desc, tickets.number desc) as place, count(*) over () as found,
      sum(coalesce(octet_length(tickets.vote::text), 0)) over (order by tickets.updated_at desc, tickets.number desc) as up_to
    from keys
    join tickets using (account_id, number)
    join statuses on statuses.key = tickets.status_key
    join accounts using (account_id)
    left join staff on staff.staff_id = tickets.assignee_id
    left join lateral (
  select jsonb_build_object(
    'id', id, 'beginning', left(body, 200), 'is_client_author', is_client_author, 'is_internal', is_internal,
    'author_name', author_name, 'has_files', files <> '[]',
    'sent_at', to_char(sent_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
  ) as last_comment
  from comments
  where comments.account_id = keys.account_id and comments.ticket_number = keys.number
  order by id desc
  limit 1
) as last_comment on true
    ) as page
    where place = 1 or up_to <= $3
    order by place

--- desk/queue/queue.ts 676dd045da 3f7f3e2680 6201111b83 6726c5e12f 6ff4dc3b1a 717212c4b5 b434ffe439
with keys as materialized (
      select account_id, number, tickets.number as place
      from tickets
      where "priority" = $1::text and not is_snoozed
      order by tickets.number, tickets.number
      limit 26
    )
    select *
    from (
    select
  tickets.account_id, tickets.version, tickets.staff_version, tickets.has_reply, tickets.number, tickets.summary, statuses.name as status,
  tickets.status_key, tickets.type, tickets.topic_key, tickets.is_closed, tickets.is_resolved,
  tickets.is_client_author, tickets.is_client_read, tickets.is_await_client, tickets.is_await_support,
  tickets.client_aliased_name, tickets.client_emails, tickets.splitted_from_ticket_number,
  tickets.close_reason, tickets.vote, tickets.created_at, tickets.updated_at, tickets.closed_at, tickets.priority,
  tickets.tags, tickets.assignee_id, tickets.is_staff_read, tickets.waiting_since, tickets.first_response_at,
  tickets.resolved_at, tickets.due_at, tickets.first_response_due_at, tickets.resolution_due_at,
  tickets.merged_into_ticket_number, tickets.is_snoozed, tickets.snoozed_until, tickets.external_id,
  tickets.access_level, tickets.keystone_projects, tickets.notice_id, tickets.comment_count, tickets.comment_bytes,
  tickets.merged_at, tickets.merged_into_ticket_number is not null and tickets.before_merge is null as is_split_undone
, accounts.name as account_name, staff.name as assignee_name, last_comment,
      exists (
  select from drafts
  where drafts.account_id = keys.account_id and drafts.ticket_number = keys.number and drafts.staff_id = $2
) as has_draft,
      row_number() over (order by tickets.number, tickets.number) as place, count(*) over () as found,
      sum(coalesce(octet_length(tickets.vote::text), 0)) over (order by tickets.number, tickets.number) as up_to
    from keys
    join tickets using (account_id, number)
    join statuses on statuses.key = tickets.status_key
    join accounts using (account_id)
    left join staff on staff.staff_id = tickets.assignee_id
    left join lateral (
  select jsonb_build_object(
    'id', id, 'beginning', left(body, 200), 'is_client_author', is_client_author, 'is_internal', is_internal,
    'author_name', author_name, 'has_files', files <> '[]',
    'sent_at', to_char(sent_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
  ) as last_comment
  from comments
  where comments.account_id = keys.account_id and comments.ticket_number = keys.number
  order by id desc
  limit 1
) as last_comment on true
    ) as page
    where place = 1 or up_to <= $3
    order by place

--- desk/queue/queue.ts 676dd045da 3f7f3e2680 6201111b83 6726c5e12f 6ff4dc3b1a 717212c4b5 b434ffe439
with keys as materialized (
      select account_id, number, tickets.number as place
      from tickets
      where "priority" = 'high'::text and not is_snoozed
      order by tickets.number, tickets.number
      limit 1001
    )
    select *
    from (
    select
  tickets.account_id, tickets.version, tickets.staff_version, tickets.has_reply, tickets.number, tickets.summary, statuses.name as status,
  tickets.status_key, tickets.type, tickets.topic_key, tickets.is_closed, tickets.is_resolved,
  tickets.is_client_author, tickets.is_client_read, tickets.is_await_client, tickets.is_await_support,
  tickets.client_aliased_name, tickets.client_emails, tickets.splitted_from_ticket_number,
  tickets.close_reason, tickets.vote, tickets.created_at, tickets.updated_at, tickets.closed_at, tickets.priority,
  tickets.tags, tickets.assignee_id, tickets.is_staff_read, tickets.waiting_since, tickets.first_response_at,
  tickets.resolved_at, tickets.due_at, tickets.first_response_due_at, tickets.resolution_due_at,
  tickets.merged_into_ticket_number, tickets.is_snoozed, tickets.snoozed_until, tickets.external_id,
  tickets.access_level, tickets.keystone_projects, tickets.notice_id, tickets.comment_count, tickets.comment_bytes,
  tickets.merged_at, tickets.merged_into_ticket_number is not null and tickets.before_merge is null as is_split_undone
, accounts.name as account_name, staff.name as assignee_name, last_comment,
      exists (
  select from drafts
  where drafts.account_id = keys.account_id and drafts.ticket_number = keys.number and drafts.staff_id = $1
) as has_draft,
      row_number() over (order by tickets.number, tickets.number) as place, count(*) over () as found,
      sum(coalesce(octet_length(tickets.vote::text), 0)) over (order by tickets.number, tickets.number) as up_to
    from keys
    join tickets using (account_id, number)
    join statuses on statuses.key = tickets.status_key
    join accounts using (account_id)
    left join staff on staff.staff_id = tickets.assignee_id
    left join lateral (
  select jsonb_build_object(
    'id', id, 'beginning', left(body, 200), 'is_client_author', is_client_author, 'is_internal', is_internal,
    'author_name', author_name, 'has_files', files <> '[]',
    'sent_at', to_char(sent_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
  ) as last_comment
  from comments
  where comments.account_id = keys.account_id and comments.ticket_number = keys.number
  order by id desc
  limit 1
) as last_comment on true
    ) as page
    where place = 1 or up_to <= $2
    order by place

--- desk/queue/queue.ts 676dd045da 3f7f3e2680 6201111b83 6726c5e12f 6ff4dc3b1a 717212c4b5 b434ffe439
with keys as materialized (
      select account_id, number, tickets.number as place
      from tickets
      where "topic_key" = $1::text and "tickets"."number" = $2::bigint and not is_snoozed
      order by tickets.number, tickets.number
      limit 26
    )
    select *
    from (
    select
  tickets.account_id, tickets.version, tickets.staff_version, tickets.has_reply, tickets.number, tickets.summary, statuses.name as status,
  tickets.status_key, tickets.type, tickets.topic_key, tickets.is_closed, tickets.is_resolved,
  tickets.is_client_author, tickets.is_client_read, tickets.is_await_client, tickets.is_await_support,
  tickets.client_aliased_name, tickets.client_emails, tickets.splitted_from_ticket_number,
  tickets.close_reason, tickets.vote, tickets.created_at, tickets.updated_at, tickets.closed_at, tickets.priority,
  tickets.tags, tickets.assignee_id, tickets.is_staff_read, tickets.waiting_since, tickets.first_response_at,
  tickets.resolved_at, tickets.due_at, tickets.first_response_due_at, tickets.resolution_due_at,
  tickets.merged_into_ticket_number, tickets.is_snoozed, tickets.snoozed_until, tickets.external_id,
  tickets.access_level, tickets.keystone_projects, tickets.notice_id, tickets.comment_count, tickets.comment_bytes,
  tickets.merged_at, tickets.merged_into_ticket_number is not null and tickets.before_merge is null as is_split_undone
, accounts.name as account_name, staff.name as assignee_name, last_comment,
      exists (
  select from drafts
  where drafts.account_id = keys.account_id and drafts.ticket_number = keys.number and drafts.staff_id = $3
) as has_draft,
      row_number() over (order by tickets.number, tickets.number) as place, count(*) over () as found,
      sum(coalesce(octet_length(tickets.vote::text), 0)) over (order by tickets.number, tickets.number) as up_to
    from keys
    join tickets using (account_id, number)
    join statuses on statuses.key = tickets.status_key
    join accounts using (account_id)
    left join staff on staff.staff_id = tickets.assignee_id
    left join lateral (
  select jsonb_build_object(
    'id', id, 'beginning', left(body, 200), 'is_client_author', is_client_author, 'is_internal', is_internal,
    'author_name', author_name, 'has_files', files <> '[]',
    'sent_at', to_char(sent_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
  ) as last_comment
  from comments
  where comments.account_id = keys.account_id and comments.ticket_number = keys.number
  order by id desc
  limit 1
) as last_comment on true
    ) as page
    where place = 1 or up_to <= $4
    order by place

--- desk/queue/queue.ts 676dd045da 3f7f3e2680 6201111b83 6726c5e12f 6ff4dc3b1a 717212c4b5 b434ffe439
with keys as materialized (
      select account_id, number, tickets.updated_at as place
      from tickets
      where "priority" = 'urgent'::text and not is_snoozed
      order by tickets.updated_at desc, tickets.number desc
      limit 26
    )
    select *
    from (
    select
  tickets.account_id, tickets.version, tickets.staff_version, tickets.has_reply, tickets.number, tickets.summary, statuses.name as status,
  tickets.status_key, tickets.type, tickets.topic_key, tickets.is_closed, tickets.is_resolved,
  tickets.is_client_author, tickets.is_client_read, tickets.is_await_client, tickets.is_await_support,
  tickets.client_aliased_name, tickets.client_emails, tickets.splitted_from_ticket_number,
  tickets.close_reason, tickets.vote, tickets.created_at, tickets.updated_at, tickets.closed_at, tickets.priority,
  tickets.tags, tickets.assignee_id, tickets.is_staff_read, tickets.waiting_since, tickets.first_response_at,
  tickets.resolved_at, tickets.due_at, tickets.first_response_due_at, tickets.resolution_due_at,
  tickets.merged_into_ticket_number, tickets.is_snoozed, tickets.snoozed_until, tickets.external_id,
  tickets.access_level, tickets.keystone_projects, tickets.notice_id, tickets.comment_count, tickets.comment_bytes,
  tickets.merged_at, tickets.merged_into_ticket_number is not null and tickets.before_merge is null as is_split_undone
, accounts.name as account_name, staff.name as assignee_name, last_comment,
      exists (
  select from drafts
  where drafts.account_id = keys.account_id and drafts.ticket_number = keys.number and drafts.staff_id = $1
) as has_draft,
      row_number() over (order by tickets.updated_at desc, tickets.number desc) as place, count(*) over () as found,
      sum(coalesce(octet_length(tickets.vote::text), 0)) over (order by tickets.updated_at desc, tickets.number desc) as up_to
    from keys
    join tickets using (account_id, number)
    join statuses on statuses.key = tickets.status_key
    join accounts using (account_id)
    left join staff on staff.staff_id = tickets.assignee_id
    left join lateral (
  select jsonb_build_object(
    'id', id, 'beginning', left(body, 200), 'is_client_author', is_client_author, 'is_internal', is_internal,
    'author_name', author_name, 'has_files', files <> '[]',
    'sent_at', to_char(sent_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
  ) as last_comment
  from comments
  where comments.account_id = keys.account_id and comments.ticket_number = keys.number
  order by id desc
  limit 1
) as last_comment on true
    ) as page
    where place = 1 or up_to <= $2
    order by place

--- desk/queue/queue.ts 676dd045da 3f7f3e2680 6201111b83 6726c5e12f 6ff4dc3b1a 717212c4b5 b434ffe439 bdc962d158
with keys as materialized (
      select account_id, number, tickets.updated_at as place
      from tickets
      where "status_key" = 'new'::text and not is_closed and not is_snoozed
      order by tickets.updated_at desc, tickets.number desc
      limit 26
    )
    select *
    from (
    select
  tickets.account_id, tickets.version, tickets.staff_version, tickets.has_reply, tickets.number, tickets.summary, statuses.name as status,
  tickets.status_key, tickets.type, tickets.topic_key, tickets.is_closed, tickets.is_resolved,
  tickets.is_client_author, tickets.is_client_read, tickets.is_await_client, tickets.is_await_support,
  tickets.client_aliased_name, tickets.client_emails, tickets.splitted_from_ticket_number,
  tickets.close_reason, tickets.vote, tickets.created_at, tickets.updated_at, tickets.closed_at, tickets.priority,
  tickets.tags, tickets.assignee_id, tickets.is_staff_read, tickets.waiting_since, tickets.first_response_at,
  tickets.resolved_at, tickets.due_at, tickets.first_response_due_at, tickets.resolution_due_at,
  tickets.merged_into_ticket_number, tickets.is_snoozed, tickets.snoozed_until, tickets.external_id,
  tickets.access_level, tickets.keystone_projects, tickets.notice_id, tickets.comment_count, tickets.comment_bytes,
  tickets.merged_at, tickets.merged_into_ticket_number is not null and tickets.before_merge is null as is_split_undone
, accounts.name as account_name, staff.name as assignee_name, last_comment,
      exists (
  select from drafts
  where drafts.account_id = keys.account_id and drafts.ticket_number = keys.number and drafts.staff_id = $1
) as has_draft,
      row_number() over (order by tickets.updated_at desc, tickets.number desc) as place, count(*) over () as found,
      sum(coalesce(octet_length(tickets.vote::text), 0)) over (order by tickets.updated_at desc, tickets.number desc) as up_to
    from keys
    join tickets using (account_id, number)
    join statuses on statuses.key = tickets.status_key
    join accounts using (account_id)
    left join staff on staff.staff_id = tickets.assignee_id
    left join lateral (
  select jsonb_build_object(
    'id', id, 'beginning', left(body, 200), 'is_client_author', is_client_author, 'is_internal', is_internal,
    'author_name', author_name, 'has_files', files <> '[]',
    'sent_at', to_char(sent_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
  ) as last_comment
  from comments
  where comments.account_id = keys.account_id and comments.ticket_number = keys.number
  order by id desc
  limit 1
) as last_comment on true
    ) as page
    where place = 1 or up_to <= $2
    order by place

--- desk/queue/queue.ts 676dd045da 3f7f3e2680 6201111b83 6726c5e12f 6ff4dc3b1a 717212c4b5 b434ffe439 bdc962d158
with keys as materialized (
      select account_id, number, tickets.updated_at as place
      from tickets
      where "status_key" = 'resolved'::text and not is_closed and not is_snoozed
      order by tickets.updated_at desc, tickets.number desc
      limit 101
    )
    select *
    from (
    select
  tickets.account_id, tickets.version, tickets.staff_version, tickets.has_reply, tickets.number, tickets.summary, statuses.name as status,
  tickets.status_key, tickets.type, tickets.topic_key, tickets.is_closed, tickets.is_resolved,
  tickets.is_client_author, tickets.is_client_read, tickets.is_await_client, tickets.is_await_support,
  tickets.client_aliased_name, tickets.client_emails, tickets.splitted_from_ticket_number,
  tickets.close_reason, tickets.vote, tickets.created_at, tickets.updated_at, tickets.closed_at, tickets.priority,
  tickets.tags, tickets.assignee_id, tickets.is_staff_read, tickets.waiting_since, tickets.first_response_at,
  tickets.resolved_at, tickets.due_at, tickets.first_response_due_at, tickets.resolution_due_at,
  tickets.merged_into_ticket_number, tickets.is_snoozed, tickets.snoozed_until, tickets.external_id,
  tickets.access_level, tickets.keystone_projects, tickets.notice_id, tickets.comment_count, tickets.comment_bytes,
  tickets.merged_at, tickets.merged_into_ticket_number is not null and tickets.before_merge is null as is_split_undone
, accounts.name as account_name, staff.name as assignee_name, last_comment,
      exists (
  select from drafts
  where drafts.account_id = keys.account_id and drafts.ticket_number = keys.number and drafts.staff_id = $1
) as has_draft,
      row_number() over (order by tickets.updated_at desc, tickets.number desc) as place, count(*) over () as found,
      sum(coalesce(octet_length(tickets.vote::text), 0)) over (order by tickets.updated_at desc, tickets.number desc) as up_to
    from keys
    join tickets using (account_id, number)
    join statuses on statuses.key = tickets.status_key
    join accounts using (account_id)
    left join staff on staff.staff_id = tickets.assignee_id
    left join lateral (
  select jsonb_build_object(
    'id', id, 'beginning', left(body, 200), 'is_client_author', is_client_author, 'is_internal', is_internal,
    'author_name', author_name, 'has_files', files <> '[]',
    'sent_at', to_char(sent_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
  ) as last_comment
  from comments
  where comments.account_id = keys.account_id and comments.ticket_number = keys.number
  order by id desc
  limit 1
) as last_comment on true
    ) as page
    where place = 1 or up_to <= $2
    order by place

--- desk/queue/queue.ts 676dd045da 3f7f3e2680 6201111b83 6726c5e12f 6ff4dc3b1a 717212c4b5 b434ffe439 bdc962d158 f526bcabbf
with keys as materialized (
      select account_id, number, tickets.updated_at as place
      from tickets
      where "status_key" = $1::text and created_at <= $2 and not is_closed and not is_snoozed
      order by tickets.updated_at desc, tickets.number desc
      limit 26
    )
    select *
    from (
    select
  tickets.account_id, tickets.version, tickets.staff_version, tickets.has_reply, tickets.number, tickets.summary, statuses.name as status,
  tickets.status_key, tickets.type, tickets.topic_key, tickets.is_closed, tickets.is_resolved,
  tickets.is_client_author, tickets.is_client_read, tickets.is_await_client, tickets.is_await_support,
  tickets.client_aliased_name, tickets.client_emails, tickets.splitted_from_ticket_number,
  tickets.close_reason, tickets.vote, tickets.created_at, tickets.updated_at, tickets.closed_at, tickets.priority,
  tickets.tags, tickets.assignee_id, tickets.is_staff_read, tickets.waiting_since, tickets.first_response_at,
  tickets.resolved_at, tickets.due_at, tickets.first_response_due_at, tickets.resolution_due_at,
  tickets.merged_into_ticket_number, tickets.is_snoozed, tickets.snoozed_until, tickets.external_id,
  tickets.access_level, tickets.keystone_projects, tickets.notice_id, tickets.comment_count, tickets.comment_bytes,
  tickets.merged_at, tickets.merged_into_ticket_number is not null and tickets.before_merge is null as is_split_undone
, accounts.name as account_name, staff.name as assignee_name, last_comment,
      exists (
  select from drafts
  where drafts.account_id = keys.account_id and drafts.ticket_number = keys.number and drafts.staff_id = $3
) as has_draft,
      row_number() over (order by tickets.updated_at desc, tickets.number desc) as place, count(*) over () as found,
      sum(coalesce(octet_length(tickets.vote::text), 0)) over (order by tickets.updated_at desc, tickets.number desc) as up_to
    from keys
    join tickets using (account_id, number)
    join statuses on statuses.key = tickets.status_key
    join accounts using (account_id)
    left join staff on staff.staff_id = tickets.assignee_id
    left join lateral (
  select jsonb_build_object(
    'id', id, 'beginning', left(body, 200), 'is_client_author', is_client_author, 'is_internal', is_internal,
    'author_name', author_name, 'has_files', files <> '[]',
    'sent_at', to_char(sent_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
  ) as last_comment
  from comments
  where comments.account_id = keys.account_id and comments.ticket_number = keys.number
  order by id desc
  limit 1
) as last_comment on true
    ) as page
    where place = 1 or up_to <= $4
    order by place

--- desk/queue/queue.ts 676dd045da 3f7f3e2680 6201111b83 6726c5e12f 6ff4dc3b1a 717212c4b5 b434ffe439 bdc962d158 fc92873f41
with keys as materialized (
      select account_id, number, tickets.updated_at as place
      from tickets
      where "status_key" = any($1::text[]) and "assignee_id" = $2::bigint and not is_closed and not is_snoozed
      order by tickets.updated_at desc, tickets.number desc
      limit 101
    )
    select *
    from (
    select
  tickets.account_id, tickets.version, tickets.staff_version, tickets.has_reply, tickets.number, tickets.summary, statuses.name as status,
  tickets.status_key, tickets.type, tickets.topic_key, tickets.is_closed, tickets.is_resolved,
  tickets.is_client_author, tickets.is_client_read, tickets.is_await_client, tickets.is_await_support,
  tickets.client_aliased_name, tickets.client_emails, tickets.splitted_from_ticket_number,
  tickets.close_reason, tickets.vote, tickets.created_at, tickets.updated_at, tickets.closed_at, tickets.priority,
  tickets.tags, tickets.assignee_id, tickets.is_staff_read, tickets.waiting_since, tickets.first_response_at,
  tickets.resolved_at, tickets.due_at, tickets.first_response_due_at, tickets.resolution_due_at,
  tickets.merged_into_ticket_number, tickets.is_snoozed, tickets.snoozed_until, tickets.external_id,
  tickets.access_level, tickets.keystone_projects, tickets.notice_id, tickets.comment_count, tickets.comment_bytes,
  tickets.merged_at, tickets.merged_into_ticket_number is not null and tickets.before_merge is null as is_split_undone
, accounts.name as account_name, staff.name as assignee_name, last_comment,
      exists (
  select from drafts
  where drafts.account_id = keys.account_id and drafts.ticket_number = keys.number and drafts.staff_id = $3
) as has_draft,
      row_number() over (order by tickets.updated_at desc, tickets.number desc) as place, count(*) over () as found,
      sum(coalesce(octet_length(tickets.vote::text), 0)) over (order by tickets.updated_at desc, tickets.number desc) as up_to
    from keys
    join tickets using (account_id, number)
    join statuses on statuses.key = tickets.status_key
    join accounts using (account_id)
    left join staff on staff.staff_id = tickets.assignee_id
    left join lateral (
  select jsonb_build_object(
    'id', id, 'beginning', left(body, 200), 'is_client_author', is_client_author, 'is_internal', is_internal,
    'author_name', author_name, 'has_files', files <> '[]',
    'sent_at', to_char(sent_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
  ) as last_comment
  from comments
  where comments.account_id = keys.account_id and comments.ticket_number = keys.number
  order by id desc
  limit 1
) as last_comment on true
    ) as page
    where place = 1 or up_to <= $4
    order by place

--- desk/queue/queue.ts 676dd045da 3f7f3e2680 6201111b83 6726c5e12f 6ff4dc3b1a 799908f696 b434ffe439 dabd3aff76 f50444d219
with keys as materialized (
      select account_id, number, array_position('{low,normal,high,urgent}'::text[], tickets.priority) as place
      from tickets
      where not is_snoozed and (array_position('{low,normal,high,urgent}'::text[], tickets.priority), tickets.number) < ($1::bigint, $2::bigint)
      order by array_position('{low,normal,high,urgent}'::text[], tickets.priority) desc, tickets.number desc
      limit 2
    )
    select *
    from (
    select
  tickets.account_id, tickets.version, tickets.staff_version, tickets.has_reply, tickets.number, tickets.summary, statuses.name as status,
  tickets.status_key, tickets.type, tickets.topic_key, tickets.is_closed, tickets.is_resolved,
  tickets.is_client_author, tickets.is_client_read, tickets.is_await_client, tickets.is_await_support,
  tickets.client_aliased_name, tickets.client_emails, tickets.splitted_from_ticket_number,
  tickets.close_reason, tickets.vote, tickets.created_at, tickets.updated_at, tickets.closed_at, tickets.priority,
  tickets.tags, tickets.assignee_id, tickets.is_staff_read, tickets.waiting_since, tickets.first_response_at,
  tickets.resolved_at, tickets.due_at, tickets.first_response_due_at, tickets.resolution_due_at,
  tickets.merged_into_ticket_number, tickets.is_snoozed, tickets.snoozed_until, tickets.external_id,
  tickets.access_level, tickets.keystone_projects, tickets.notice_id, tickets.comment_count, tickets.comment_bytes,
  tickets.merged_at, tickets.merged_into_ticket_number is not null and tickets.before_merge is null as is_split_undone
, accounts.name as account_name, staff.name as assignee_name, last_comment,
      exists (
  select from drafts
  where drafts.account_id = keys.account_id and drafts.ticket_number = keys.number and drafts.staff_id = $3
) as has_draft,
      row_number() over (order by array_position('{low,normal,high,urgent}'::text[], tickets.priority) desc, tickets.number desc) as place, count(*) over () as found,
      sum(coalesce(octet_length(tickets.vote::text), 0)) over (order by array_position('{low,normal,high,urgent}'::text[], tickets.priority) desc, tickets.number desc) as up_to
    from keys
    join tickets using (account_id, number)
    join statuses on statuses.key = tickets.status_key
    join accounts using (account_id)
    left join staff on staff.staff_id = tickets.assignee_id
    left join lateral (
  select jsonb_build_object(
    'id', id, 'beginning', left(body, 200), 'is_client_author', is_client_author, 'is_internal', is_internal,
    'author_name', author_name, 'has_files', files <> '[]',
    'sent_at', to_char(sent_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
  ) as last_comment
  from comments
  where comments.account_id = keys.account_id and comments.ticket_number = keys.number
  order by id desc
  limit 1
) as last_comment on true
    ) as page
    where place = 1 or up_to <= $4
    order by place

--- desk/queue/queue.ts 676dd045da 3f7f3e2680 6201111b83 6726c5e12f 6ff4dc3b1a 89dd9eb866 b434ffe439 dabd3aff76
with keys as materialized (
      select account_id, number, tickets.number as place
      from tickets
      where not is_snoozed and tickets.number < $1::bigint
      order by tickets.number desc, tickets.number desc
      limit 3
    )
    select *
    from (
    select
  tickets.account_id, tickets.version, tickets.staff_version, tickets.has_reply, tickets.number, tickets.summary, statuses.name as status,
  tickets.status_key, tickets.type, tickets.topic_key, tickets.is_closed, tickets.is_resolved,
  tickets.is_client_author, tickets.is_client_read, tickets.is_await_client, tickets.is_await_support,
  tickets.client_aliased_name, tickets.client_emails, tickets.splitted_from_ticket_number,
  tickets.close_reason, tickets.vote, tickets.created_at, tickets.updated_at, tickets.closed_at, tickets.priority,
  tickets.tags, tickets.assignee_id, tickets.is_staff_read, tickets.waiting_since, tickets.first_response_at,
  tickets.resolved_at, tickets.due_at, tickets.first_response_due_at, tickets.resolution_due_at,
  tickets.merged_into_ticket_number, tickets.is_snoozed, tickets.snoozed_until, tickets.external_id,
  tickets.access_level, tickets.keystone_projects, tickets.notice_id, tickets.comment_count, tickets.comment_bytes,
  tickets.merged_at, tickets.merged_into_ticket_number is not null and tickets.before_merge is null as is_split_undone
, accounts.name as account_name, staff.name as assignee_name, last_comment,
      exists (
  select from drafts
  where drafts.account_id = keys.account_id and drafts.ticket_number = keys.number and drafts.staff_id = $2
) as has_draft,
      row_number() over (order by tickets.number desc, tickets.number desc) as place, count(*) over () as found,
      sum(coalesce(octet_length(tickets.vote::text), 0)) over (order by tickets.number desc, tickets.number desc) as up_to
    from keys
    join tickets using (account_id, number)
    join statuses on statuses.key = tickets.status_key
    join accounts using (account_id)
    left join staff on staff.staff_id = tickets.assignee_id
    left join lateral (
  select jsonb_build_object(
    'id', id, 'beginning', left(body, 200), 'is_client_author', is_client_author, 'is_internal', is_internal,
    'author_name', author_name, 'has_files', files <> '[]',
    'sent_at', to_char(sent_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
  ) as last_comment
  from comments
  where comments.account_id = keys.account_id and comments.ticket_number = keys.number
  order by id desc
  limit 1
) as last_comment on true
    ) as page
    where place = 1 or up_to <= $3
    order by place

--- desk/queue/queue.ts 676dd045da 3f7f3e2680 6201111b83 6726c5e12f 6ff4dc3b1a b434ffe439
with keys as materialized (
      select account_id, number, tickets.due_at as place
      from tickets
      where not is_snoozed and tickets.due_at is not null
      order by tickets.due_at desc, tickets.number desc
      limit 3
    )
    select *
    from (
    select
  tickets.account_id, tickets.version, tickets.staff_version, tickets.has_reply, tickets.number, tickets.summary, statuses.name as status,
  tickets.status_key, tickets.type, tickets.topic_key, tickets.is_closed, tickets.is_resolved,
  tickets.is_client_author, tickets.is_client_read, tickets.is_await_client, tickets.is_await_support,
  tickets.client_aliased_name, tickets.client_emails, tickets.splitted_from_ticket_number,
  tickets.close_reason, tickets.vote, tickets.created_at, tickets.updated_at, tickets.closed_at, tickets.priority,
  tickets.tags, tickets.assignee_id, tickets.is_staff_read, tickets.waiting_since, tickets.first_response_at,
  tickets.resolved_at, tickets.due_at, tickets.first_response_due_at, tickets.resolution_due_at,
  tickets.merged_into_ticket_number, tickets.is_snoozed, tickets.snoozed_until, tickets.external_id,
  tickets.access_level, tickets.keystone_projects, tickets.notice_id, tickets.comment_count, tickets.comment_bytes,
  tickets.merged_at, tickets.merged_into_ticket_number is not null and tickets.before_merge is null as is_split_undone
, accounts.name as account_name, staff.name as assignee_name, last_comment,
      exists (
  select from drafts
  where drafts.account_id = keys.account_id and drafts.ticket_number = keys.number and drafts.staff_id = $1
) as has_draft,
      row_number() over (order by tickets.due_at desc, tickets.number desc) as place, count(*) over () as found,
      sum(coalesce(octet_length(tickets.vote::text), 0)) over (order by tickets.due_at desc, tickets.number desc) as up_to
    from keys
    join tickets using (account_id, number)
    join statuses on statuses.key = tickets.status_key
    join accounts using (account_id)
    left join staff on staff.staff_id = tickets.assignee_id
    left join lateral (
  select jsonb_build_object(
    'id', id, 'beginning', left(body, 200), 'is_client_author', is_client_author, 'is_internal', is_internal,
    'author_name', author_name, 'has_files', files <> '[]',
    'sent_at', to_char(sent_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
  ) as last_comment
  from comments
  where comments.account_id = keys.account_id and comments.ticket_number = keys.number
  order by id desc
  limit 1
) as last_comment on true
    ) as page
    where place = 1 or up_to <= $2
    order by place

--- desk/queue/queue.ts 676dd045da 3f7f3e2680 6201111b83 6726c5e12f 6ff4dc3b1a b434ffe439
with keys as materialized (
      select account_id, number, tickets.due_at as place
      from tickets
      where not is_snoozed and tickets.due_at is not null
      order by tickets.due_at, tickets.number
      limit 4
    )
    select *
    from (
    select
  tickets.account_id, tickets.version, tickets.staff_version, tickets.has_reply, tickets.number, tickets.summary, statuses.name as status,
  tickets.status_key, tickets.type, tickets.topic_key, tickets.is_closed, tickets.is_resolved,
  tickets.is_client_author, tickets.is_client_read, tickets.is_await_client, tickets.is_await_support,
  tickets.client_aliased_name, tickets.client_emails, tickets.splitted_from_ticket_number,
  tickets.close_reason, tickets.vote, tickets.created_at, tickets.updated_at, tickets.closed_at, tickets.priority,
  tickets.tags, tickets.assignee_id, tickets.is_staff_read, tickets.waiting_since, tickets.first_response_at,
  tickets.resolved_at, tickets.due_at, tickets.first_response_due_at, tickets.resolution_due_at,
  tickets.merged_into_ticket_number, tickets.is_snoozed, tickets.snoozed_until, tickets.external_id,
  tickets.access_level, tickets.keystone_projects, tickets.notice_id, tickets.comment_count, tickets.comment_bytes,
  tickets.merged_at, tickets.merged_into_ticket_number is not null and tickets.before_merge is null as is_split_undone
, accounts.name as account_name, staff.name as assignee_name, last_comment,
      exists (
  select from drafts
  where drafts.account_id = keys.account_id and drafts.ticket_number = keys.number and drafts.staff_id = $1
) as has_draft,
      row_number() over (order by tickets.due_at, tickets.number) as place, count(*) over () as found,
      sum(coalesce(octet_length(tickets.vote::text), 0)) over (order by tickets.due_at, tickets.number) as up_to
    from keys
    join tickets using (account_id, number)
    join statuses on statuses.key = tickets.status_key
    join accounts using (account_id)
    left join staff on staff.staff_id = tickets.assignee_id
    left join lateral (
  select jsonb_build_object(
    'id', id, 'beginning', left(body, 200), 'is_client_author', is_client_author, 'is_internal', is_internal,
    'author_name', author_name, 'has_files', files <> '[]',
    'sent_at', to_char(sent_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
  ) as last_comment
  from comments
  where comments.account_id = keys.account_id and comments.ticket_number = keys.number
  order by id desc
  limit 1
) as last_comment on true
    ) as page
    where place = 1 or up_to <= $2
    order by place

--- desk/queue/queue.ts 676dd045da 3f7f3e2680 6201111b83 6726c5e12f 6ff4dc3b1a b434ffe439
with keys as materialized (
      select account_id, number, tickets.waiting_since as place
      from tickets
      where not is_snoozed and tickets.waiting_since is not null
      order by tickets.waiting_since desc, tickets.number desc
      limit 3
    )
    select *
    from (
    select
  tickets.account_id, tickets.version, tickets.staff_version, tickets.has_reply, tickets.number, tickets.summary, statuses.name as status,
  tickets.status_key, tickets.type, tickets.topic_key, tickets.is_closed, tickets.is_resolved,
  tickets.is_client_author, tickets.is_client_read, tickets.is_await_client, tickets.is_await_support,
  tickets.client_aliased_name, tickets.client_emails, tickets.splitted_from_ticket_number,
  tickets.close_reason, tickets.vote, tickets.created_at, tickets.updated_at, tickets.closed_at, tickets.priority,
  tickets.tags, tickets.assignee_id, tickets.is_staff_read, tickets.waiting_since, tickets.first_response_at,
  tickets.resolved_at, tickets.due_at, tickets.first_response_due_at, tickets.resolution_due_at,
  tickets.merged_into_ticket_number, tickets.is_snoozed, tickets.snoozed_until, tickets.external_id,
  tickets.access_level, tickets.keystone_projects, tickets.notice_id, tickets.comment_count, tickets.comment_bytes,
  tickets.merged_at, tickets.merged_into_ticket_number is not null and tickets.before_merge is null as is_split_undone
, accounts.name as account_name, staff.name as assignee_name, last_comment,
      exists (
  select from drafts
  where drafts.account_id = keys.account_id and drafts.ticket_number = keys.number and drafts.staff_id = $1
) as has_draft,
      row_number() over (order by tickets.waiting_since desc, tickets.number desc) as place, count(*) over () as found,
      sum(coalesce(octet_length(tickets.vote::text), 0)) over (order by tickets.waiting_since desc, tickets.number desc) as up_to
    from keys
    join tickets using (account_id, number)
    join statuses on statuses.key = tickets.status_key
    join accounts using (account_id)
    left join staff on staff.staff_id = tickets.assignee_id
    left join lateral (
  select jsonb_build_object(
    'id', id, 'beginning', left(body, 200), 'is_client_author', is_client_author, 'is_internal', is_internal,
    'author_name', author_name, 'has_files', files <> '[]',
    'sent_at', to_char(sent_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
  ) as last_comment
  from comments
  where comments.account_id = keys.account_id and comments.ticket_number = keys.number
  order by id desc
  limit 1
) as last_comment on true
    ) as page
    where place = 1 or up_to <= $2
    order by place

--- desk/queue/queue.ts 676dd045da 3f7f3e2680 6201111b83 6726c5e12f 717212c4b5 79b05a66d8 7bfdb7f24c b434ffe439 b5bea41b6c c28832ae1b ccd359b2c8
with keys as materialized (
      select account_id, number, tickets.updated_at as place
      from tickets
      where "status_key" = 'closed'::text and
    tickets.number = any(array(select number from (
          select account_id, number
          from (
  select account_id, number
  from search_texts
  where words @@ (select $1::tsquery)
  offset 0
) as found
          where true
        ) as found))
      order by tickets.updated_at desc, tickets.number desc
      limit 26
    )
    select *
    from (
    select
  tickets.account_id, tickets.version, tickets.staff_version, tickets.has_reply, tickets.number, tickets.summary, statuses.name as status,
  tickets.status_key, tickets.type, tickets.topic_key, tickets.is_closed, tickets.is_resolved,
  tickets.is_client_author, tickets.is_client_read, tickets.is_await_client, tickets.is_await_support,
  tickets.client_aliased_name, tickets.client_emails, tickets.splitted_from_ticket_number,
  tickets.close_reason, tickets.vote, tickets.created_at, tickets.updated_at, tickets.closed_at, tickets.priority,
  tickets.tags, tickets.assignee_id, tickets.is_staff_read, tickets.waiting_since, tickets.first_response_at,
  tickets.resolved_at, tickets.due_at, tickets.first_response_due_at, tickets.resolution_due_at,
  tickets.merged_into_ticket_number, tickets.is_snoozed, tickets.snoozed_until, tickets.external_id,
  tickets.access_level, tickets.keystone_projects, tickets.notice_id, tickets.comment_count, tickets.comment_bytes,
  tickets.merged_at, tickets.merged_into_ticket_number is not null and tickets.before_merge is null as is_split_undone
, accounts.name as account_name, staff.name as assignee_name, last_comment,
      exists (
  select from drafts
  where drafts.account_id = keys.account_id and drafts.ticket_number = keys.number and drafts.staff_id = $2
) as has_draft,
      row_number() over (order by tickets.updated_at desc, tickets.number desc) as place, count(*) over () as found,
      sum(coalesce(octet_length(tickets.vote::text), 0)) over (order by tickets.updated_at desc, tickets.number desc) as up_to
    from keys
    join tickets using (account_id, number)
    join statuses on statuses.key = tickets.status_key
    join accounts using (account_id)
    left join staff on staff.staff_id = tickets.assignee_id
    left join lateral (
  select jsonb_build_object(
    'id', id, 'beginning', left(body, 200), 'is_client_author', is_client_author, 'is_internal', is_internal,
    'author_name', author_name, 'has_files', files <> '[]',
    'sent_at', to_char(sent_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
  ) as last_comment
  from comments
  where comments.account_id = keys.account_id and comments.ticket_number = keys.number
  order by id desc
  limit 1
) as last_comment on true
    ) as page
    where place = 1 or up_to <= $3
    order by place

--- desk/queue/queue.ts 676dd045da 3f7f3e2680 6201111b83 6726c5e12f 717212c4b5 b434ffe439
with keys as materialized (
      select account_id, number, tickets.number as place
      from tickets
      where "tickets"."account_id" = $1::bigint and "access_level" = $2::text
      order by tickets.number, tickets.number
      limit 26
    )
    select *
    from (
    select
  tickets.account_id, tickets.version, tickets.staff_version, tickets.has_reply, tickets.number, tickets.summary, statuses.name as status,
  tickets.status_key, tickets.type, tickets.topic_key, tickets.is_closed, tickets.is_resolved,
  tickets.is_client_author, tickets.is_client_read, tickets.is_await_client, tickets.is_await_support,
  tickets.client_aliased_name, tickets.client_emails, tickets.splitted_from_ticket_number,
  tickets.close_reason, tickets.vote, tickets.created_at, tickets.updated_at, tickets.closed_at, tickets.priority,
  tickets.tags, tickets.assignee_id, tickets.is_staff_read, tickets.waiting_since, tickets.first_response_at,
  tickets.resolved_at, tickets.due_at, tickets.first_response_due_at, tickets.resolution_due_at,
  tickets.merged_into_ticket_number, tickets.is_snoozed, tickets.snoozed_until, tickets.external_id,
  tickets.access_level, tickets.keystone_projects, tickets.notice_id, tickets.comment_count, tickets.comment_bytes,
  tickets.merged_at, tickets.merged_into_ticket_number is not null and tickets.before_merge is null as is_split_undone
, accounts.name as account_name, staff.name as assignee_name, last_comment,
      exists (
  select from drafts
  where drafts.account_id = keys.account_id and drafts.ticket_number = keys.number and drafts.staff_id = $3
) as has_draft,
      row_number() over (order by tickets.number, tickets.number) as place, count(*) over () as found,
      sum(coalesce(octet_length(tickets.vote::text), 0)) over (order by tickets.number, tickets.number) as up_to
    from keys
    join tickets using (account_id, number)
    join statuses on statuses.key = tickets.status_key
    join accounts using (account_id)
    left join staff on staff.staff_id = tickets.assignee_id
    left join lateral (
  select jsonb_build_object(
    'id', id, 'beginning', left(body, 200), 'is_client_author', is_client_author, 'is_internal', is_internal,
    'author_name', author_name, 'has_files', files <> '[]',
    'sent_at', to_char(sent_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
  ) as last_comment
  from comments
  where comments.account_id = keys.account_id and comments.ticket_number = keys.number
  order by id desc
  limit 1
) as last_comment on true
    ) as page
    where place = 1 or up_to <= $4
    order by place

--- desk/queue/queue.ts 676dd045da 3f7f3e2680 6201111b83 6726c5e12f 717212c4b5 b434ffe439 c979726ee7
with keys as materialized (
      select account_id, number, tickets.number as place
      from tickets
      where "tickets"."account_id" = $1::bigint and notice_id #>> '{}' = any($2::text[])
      order by tickets.number, tickets.number
      limit 26
    )
    select *
    from (
    select
  tickets.account_id, tickets.version, tickets.staff_version, tickets.has_reply, tickets.number, tickets.summary, statuses.name as status,
  tickets.status_key, tickets.type, tickets.topic_key, tickets.is_closed, tickets.is_resolved,
  tickets.is_client_author, tickets.is_client_read, tickets.is_await_client, tickets.is_await_support,
  tickets.client_aliased_name, tickets.client_emails, tickets.splitted_from_ticket_number,
  tickets.close_reason, tickets.vote, tickets.created_at, tickets.updated_at, tickets.closed_at, tickets.priority,
  tickets.tags, tickets.assignee_id, tickets.is_staff_read, tickets.waiting_since, tickets.first_response_at,
  tickets.resolved_at, tickets.due_at, tickets.first_response_due_at, tickets.resolution_due_at,
  tickets.merged_into_ticket_number, tickets.is_snoozed, tickets.snoozed_until, tickets.external_id,
  tickets.access_level, tickets.keystone_projects, tickets.notice_id, tickets.comment_count, tickets.comment_bytes,
  tickets.merged_at, tickets.merged_into_ticket_number is not null and tickets.before_merge is null as is_split_undone
, accounts.name as account_name, staff.name as assignee_name, last_comment,
      exists (
  select from drafts
  where drafts.account_id = keys.account_id and drafts.ticket_number = keys.number and drafts.staff_id = $3
) as has_draft,
      row_number() over (order by tickets.number, tickets.number) as place, count(*) over () as found,
      sum(coalesce(octet_length(tickets.vote::text), 0)) over (order by tickets.number, tickets.number) as up_to
    from keys
    join tickets using (account_id, number)
    join statuses on statuses.key = tickets.status_key
    join accounts using (account_id)
    left join staff on staff.staff_id = tickets.assignee_id
    left join lateral (
  select jsonb_build_object(
    'id', id, 'beginning', left(body, 200), 'is_client_author', is_client_author, 'is_internal', is_internal,
    'author_name', author_name, 'has_files', files <> '[]',
    'sent_at', to_char(sent_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
  ) as last_comment
  from comments
  where comments.account_id = keys.account_id and comments.ticket_number = keys.number
  order by id desc
  limit 1
) as last_comment on true
    ) as page
    where place = 1 or up_to <= $4
    order by place

--- desk/queue/queue.ts 676dd045da 3f7f3e2680 6201111b83 6726c5e12f 82fb9a3b38 b434ffe439 fc92873f41
with keys as materialized (
      select account_id, number, tickets.updated_at as place
      from tickets
      where "tickets"."account_id" = any($1::bigint[]) and tags && $2::text[] and tags <> '{}'
      order by tickets.updated_at desc, tickets.number desc
      limit 26
    )
    select *
    from (
    select
  tickets.account_id, tickets.version, tickets.staff_version, tickets.has_reply, tickets.number, tickets.summary, statuses.name as status,
  tickets.status_key, tickets.type, tickets.topic_key, tickets.is_closed, tickets.is_resolved,
  tickets.is_client_author, tickets.is_client_read, tickets.is_await_client, tickets.is_await_support,
  tickets.client_aliased_name, tickets.client_emails, tickets.splitted_from_ticket_number,
  tickets.close_reason, tickets.vote, tickets.created_at, tickets.updated_at, tickets.closed_at, tickets.priority,
  tickets.tags, tickets.assignee_id, tickets.is_staff_read, tickets.waiting_since, tickets.first_response_at,
  tickets.resolved_at, tickets.due_at, tickets.first_response_due_at, tickets.resolution_due_at,
  tickets.merged_into_ticket_number, tickets.is_snoozed, tickets.snoozed_until, tickets.external_id,
  tickets.access_level, tickets.keystone_projects, tickets.notice_id, tickets.comment_count, tickets.comment_bytes,
  tickets.merged_at, tickets.merged_into_ticket_number is not null and tickets.before_merge is null as is_split_undone
, accounts.name as account_name, staff.name as assignee_name, last_comment,
      exists (
  select from drafts
  where drafts.account_id = keys.account_id and drafts.ticket_number = keys.number and drafts.staff_id = $3
) as has_draft,
      row_number() over (order by tickets.updated_at desc, tickets.number desc) as place, count(*) over () as found,
      sum(coalesce(octet_length(tickets.vote::text), 0)) over (order by tickets.updated_at desc, tickets.number desc) as up_to
    from keys
    join tickets using (account_id, number)
    join statuses on statuses.key = tickets.status_key
    join accounts using (account_id)
    left join staff on staff.staff_id = tickets.assignee_id
    left join lateral (
  select jsonb_build_object(
    'id', id, 'beginning', left(body, 200), 'is_client_author', is_client_author, 'is_internal', is_internal,
    'author_name', author_name, 'has_files', files <> '[]',
    'sent_at', to_char(sent_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
  ) as last_comment
  from comments
  where comments.account_id = keys.account_id and comments.ticket_number = keys.number
  order by id desc
  limit 1
) as last_comment on true
    ) as page
    where place = 1 or up_to <= $4
    order by place

--- desk/queue/queue.ts 676dd045da 3f7f3e2680 650eb7b77f 6726c5e12f b434ffe439
with keys as materialized (
      select account_id, number, tickets.updated_at as place
      from tickets
      where is_snoozed
      order by tickets.updated_at desc, tickets.number desc
      limit 26
    )
    select *
    from (
    select
  tickets.account_id, tickets.version, tickets.staff_version, tickets.has_reply, tickets.number, tickets.summary, statuses.name as status,
  tickets.status_key, tickets.type, tickets.topic_key, tickets.is_closed, tickets.is_resolved,
  tickets.is_client_author, tickets.is_client_read, tickets.is_await_client, tickets.is_await_support,
  tickets.client_aliased_name, tickets.client_emails, tickets.splitted_from_ticket_number,
  tickets.close_reason, tickets.vote, tickets.created_at, tickets.updated_at, tickets.closed_at, tickets.priority,
  tickets.tags, tickets.assignee_id, tickets.is_staff_read, tickets.waiting_since, tickets.first_response_at,
  tickets.resolved_at, tickets.due_at, tickets.first_response_due_at, tickets.resolution_due_at,
  tickets.merged_into_ticket_number, tickets.is_snoozed, tickets.snoozed_until, tickets.external_id,
  tickets.access_level, tickets.keystone_projects, tickets.notice_id, tickets.comment_count, tickets.comment_bytes,
  tickets.merged_at, tickets.merged_into_ticket_number is not null and tickets.before_merge is null as is_split_undone
, accounts.name as account_name, staff.name as assignee_name, last_comment,
      exists (
  select from drafts
  where drafts.account_id = keys.account_id and drafts.ticket_number = keys.number and drafts.staff_id = $1
) as has_draft,
      row_number() over (order by tickets.updated_at desc, tickets.number desc) as place, count(*) over () as found,
      sum(coalesce(octet_length(tickets.vote::text), 0)) over (order by tickets.updated_at desc, tickets.number desc) as up_to
    from keys
    join tickets using (account_id, number)
    join statuses on statuses.key = tickets.status_key
    join accounts using (account_id)
    left join staff on staff.staff_id = tickets.assignee_id
    left join lateral (
  select jsonb_build_object(
    'id', id, 'beginning', left(body, 200), 'is_client_author', is_client_author, 'is_internal', is_internal,
    'author_name', author_name, 'has_files', files <> '[]',
    'sent_at', to_char(sent_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
  ) as last_comment
  from comments
  where comments.account_id = keys.account_id and comments.ticket_number = keys.number
  order by id desc
  limit 1
) as last_comment on true
    ) as page
    where place = 1 or up_to <= $2
    order by place

--- desk/queue/queue.ts 676dd045da 3f7f3e2680 6726c5e12f 6ff4dc3b1a b434ffe439
with keys as materialized (
      select account_id, number, tickets.updated_at as place
      from tickets
      where not is_snoozed
      order by tickets.updated_at, tickets.number
      limit 4
    )
    select *
    from (
    select
  tickets.account_id, tickets.version, tickets.staff_version, tickets.has_reply, tickets.number, tickets.summary, statuses.name as status,
  tickets.status_key, tickets.type, tickets.topic_key, tickets.is_closed, tickets.is_resolved,
  tickets.is_client_author, tickets.is_client_read, tickets.is_await_client, tickets.is_await_support,
  tickets.client_aliased_name, tickets.client_emails, tickets.splitted_from_ticket_number,
  tickets.close_reason, tickets.vote, tickets.created_at, tickets.updated_at, tickets.closed_at, tickets.priority,
  tickets.tags, tickets.assignee_id, tickets.is_staff_read, tickets.waiting_since, tickets.first_response_at,
  tickets.resolved_at, tickets.due_at, tickets.first_response_due_at, tickets.resolution_due_at,
  tickets.merged_into_ticket_number, tickets.is_snoozed, tickets.snoozed_until, tickets.external_id,
  tickets.access_level, tickets.keystone_projects, tickets.notice_id, tickets.comment_count, tickets.comment_bytes,
  tickets.merged_at, tickets.merged_into_ticket_number is not null and tickets.before_merge is null as is_split_undone
, accounts.name as account_name, staff.name as assignee_name, last_comment,
      exists (
  select from drafts
  where drafts.account_id = keys.account_id and drafts.ticket_number = keys.number and drafts.staff_id = $1
) as has_draft,
      row_number() over (order by tickets.updated_at, tickets.number) as place, count(*) over () as found,
      sum(coalesce(octet_length(tickets.vote::text), 0)) over (order by tickets.updated_at, tickets.number) as up_to
    from keys
    join tickets using (account_id, number)
    join statuses on statuses.key = tickets.status_key
    join accounts using (account_id)
    left join staff on staff.staff_id = tickets.assignee_id
    left join lateral (
  select jsonb_build_object(
    'id', id, 'beginning', left(body, 200), 'is_client_author', is_client_author, 'is_internal', is_internal,
    'author_name', author_name, 'has_files', files <> '[]',
    'sent_at', to_char(sent_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
  ) as last_comment
  from comments
  where comments.account_id = keys.account_id and comments.ticket_number = keys.number
  order by id desc
  limit 1
) as last_comment on true
    ) as page
    where place = 1 or up_to <= $2
    order by place

--- desk/queue/queue.ts 676dd045da 3f7f3e2680 6726c5e12f 79b05a66d8 7bfdb7f24c b434ffe439 b43c86829d b5bea41b6c c28832ae1b ccd359b2c8
with keys as materialized (
      select account_id, number, tickets.updated_at as place
      from tickets
      where
    tickets.number = any(array(select number from (
    (
          select account_id, number
          from (
  select account_id, number
  from search_texts
  where words @@ (select $1::tsquery)
  offset 0
) as found
          where true
        )
    union
    select account_id, number from tickets where number = $2::bigint and true
  ) as found))
      order by tickets.updated_at desc, tickets.number desc
      limit 26
    )
    select *
    from (
    select
  tickets.account_id, tickets.version, tickets.staff_version, tickets.has_reply, tickets.number, tickets.summary, statuses.name as status,
  tickets.status_key, tickets.type, tickets.topic_key, tickets.is_closed, tickets.is_resolved,
  tickets.is_client_author, tickets.is_client_read, tickets.is_await_client, tickets.is_await_support,
  tickets.client_aliased_name, tickets.client_emails, tickets.splitted_from_ticket_number,
  tickets.close_reason, tickets.vote, tickets.created_at, tickets.updated_at, tickets.closed_at, tickets.priority,
  tickets.tags, tickets.assignee_id, tickets.is_staff_read, tickets.waiting_since, tickets.first_response_at,
  tickets.resolved_at, tickets.due_at, tickets.first_response_due_at, tickets.resolution_due_at,
  tickets.merged_into_ticket_number, tickets.is_snoozed, tickets.snoozed_until, tickets.external_id,
  tickets.access_level, tickets.keystone_projects, tickets.notice_id, tickets.comment_count, tickets.comment_bytes,
  tickets.merged_at, tickets.merged_into_ticket_number is not null and tickets.before_merge is null as is_split_undone
, accounts.name as account_name, staff.name as assignee_name, last_comment,
      exists (
  select from drafts
  where drafts.account_id = keys.account_id and drafts.ticket_number = keys.number and drafts.staff_id = $3
) as has_draft,
      row_number() over (order by tickets.updated_at desc, tickets.number desc) as place, count(*) over () as found,
      sum(coalesce(octet_length(tickets.vote::text), 0)) over (order by tickets.updated_at desc, tickets.number desc) as up_to
    from keys
    join tickets using (account_id, number)
    join statuses on statuses.key = tickets.status_key
    join accounts using (account_id)
    left join staff on staff.staff_id = tickets.assignee_id
    left join lateral (
  select jsonb_build_object(
    'id', id, 'beginning', left(body, 200), 'is_client_author', is_client_author, 'is_internal', is_internal,
    'author_name', author_name, 'has_files', files <> '[]',
    'sent_at', to_char(sent_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
  ) as last_comment
  from comments
  where comments.account_id = keys.account_id and comments.ticket_number = keys.number
  order by id desc
  limit 1
) as last_comment on true
    ) as page
    where place = 1 or up_to <= $4
    order by place

--- desk/queue/queue.ts 676dd045da 3f7f3e2680 6726c5e12f 79b05a66d8 b434ffe439 b5bea41b6c c28832ae1b ccd359b2c8 f0138808d2
with keys as materialized (
      select account_id, number, tickets.updated_at as place
      from tickets
      where
    (tickets.number in (select number from (
          select account_id, number
          from (
  select account_id, number
  from search_texts
  where words @@ (select $1::tsquery)
  offset 0
) as found
          where true
        ) as found)) is true
      order by tickets.updated_at desc, tickets.number desc
      limit 26
    )
    select *
    from (
    select
  tickets.account_id, tickets.version, tickets.staff_version, tickets.has_reply, tickets.number, tickets.summary, statuses.name as status,
  tickets.status_key, tickets.type, tickets.topic_key, tickets.is_closed, tickets.is_resolved,
  tickets.is_client_author, tickets.is_client_read, tickets.is_await_client, tickets.is_await_support,
  tickets.client_aliased_name, tickets.client_emails, tickets.splitted_from_ticket_number,
  tickets.close_reason, tickets.vote, tickets.created_at, tickets.updated_at, tickets.closed_at, tickets.priority,
  tickets.tags, tickets.assignee_id, tickets.is_staff_read, tickets.waiting_since, tickets.first_response_at,
  tickets.resolved_at, tickets.due_at, tickets.first_response_due_at, tickets.resolution_due_at,
  tickets.merged_into_ticket_number, tickets.is_snoozed, tickets.snoozed_until, tickets.external_id,
  tickets.access_level, tickets.keystone_projects, tickets.notice_id, tickets.comment_count, tickets.comment_bytes,
  tickets.merged_at, tickets.merged_into_ticket_number is not null and tickets.before_merge is null as is_split_undone
, accounts.name as account_name, staff.name as assignee_name, last_comment,
      exists (
  select from drafts
  where drafts.account_id = keys.account_id and drafts.ticket_number = keys.number and drafts.staff_id = $2
) as has_draft,
      row_number() over (order by tickets.updated_at desc, tickets.number desc) as place, count(*) over () as found,
      sum(coalesce(octet_length(tickets.vote::text), 0)) over (order by tickets.updated_at desc, tickets.number desc) as up_to
    from keys
    join tickets using (account_id, number)
    join statuses on statuses.key = tickets.status_key
    join accounts using (account_id)
    left join staff on staff.staff_id = tickets.assignee_id
    left join lateral (
  select jsonb_build_object(
    'id', id, 'beginning', left(body, 200), 'is_client_author', is_client_author, 'is_internal', is_internal,
    'author_name', author_name, 'has_files', files <> '[]',
    'sent_at', to_char(sent_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
  ) as last_comment
  from comments
  where comments.account_id = keys.account_id and comments.ticket_number = keys.number
  order by id desc
  limit 1
) as last_comment on true
    ) as page
    where place = 1 or up_to <= $3
    order by place

--- desk/queue/queue.ts 676dd045da 3f7f3e2680 6726c5e12f 8dfd508e21 b434ffe439
with keys as materialized (
      select account_id, number, tickets.updated_at as place
      from tickets
      where
    (tickets.account_id, tickets.number) in (
      select account_id, ticket_number
      from drafts
      where staff_id = $1
    )
      order by tickets.updated_at desc, tickets.number desc
      limit 101
    )
    select *
    from (
    select
  tickets.account_id, tickets.version, tickets.staff_version, tickets.has_reply, tickets.number, tickets.summary, statuses.name as status,
  tickets.status_key, tickets.type, tickets.topic_key, tickets.is_closed, tickets.is_resolved,
  tickets.is_client_author, tickets.is_client_read, tickets.is_await_client, tickets.is_await_support,
  tickets.client_aliased_name, tickets.client_emails, tickets.splitted_from_ticket_number,
  tickets.close_reason, tickets.vote, tickets.created_at, tickets.updated_at, tickets.closed_at, tickets.priority,
  tickets.tags, tickets.assignee_id, tickets.is_staff_read, tickets.waiting_since, tickets.first_response_at,
  tickets.resolved_at, tickets.due_at, tickets.first_response_due_at, tickets.resolution_due_at,
  tickets.merged_into_ticket_number, tickets.is_snoozed, tickets.snoozed_until, tickets.external_id,
  tickets.access_level, tickets.keystone_projects, tickets.notice_id, tickets.comment_count, tickets.comment_bytes,
  tickets.merged_at, tickets.merged_into_ticket_number is not null and tickets.before_merge is null as is_split_undone
, accounts.name as account_name, staff.name as assignee_name, last_comment,
      exists (
  select from drafts
  where drafts.account_id = keys.account_id and drafts.ticket_number = keys.number and drafts.staff_id = $2
) as has_draft,
      row_number() over (order by tickets.updated_at desc, tickets.number desc) as place, count(*) over () as found,
      sum(coalesce(octet_length(tickets.vote::text), 0)) over (order by tickets.updated_at desc, tickets.number desc) as up_to
    from keys
    join tickets using (account_id, number)
    join statuses on statuses.key = tickets.status_key
    join accounts using (account_id)
    left join staff on staff.staff_id = tickets.assignee_id
    left join lateral (
  select jsonb_build_object(
    'id', id, 'beginning', left(body, 200), 'is_client_author', is_client_author, 'is_internal', is_internal,
    'author_name', author_name, 'has_files', files <> '[]',
    'sent_at', to_char(sent_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
  ) as last_comment
  from comments
  where comments.account_id = keys.account_id and comments.ticket_number = keys.number
  order by id desc
  limit 1
) as last_comment on true
    ) as page
    where place = 1 or up_to <= $3
    order by place

--- desk/queue/queue.ts 676dd045da 3f7f3e2680 6726c5e12f b434ffe439 fcbcf16590
with keys as materialized (
      select account_id, number, tickets.updated_at as place
      from tickets
      where false
      order by tickets.updated_at desc, tickets.number desc
      limit 26
    )
    select *
    from (
    select
  tickets.account_id, tickets.version, tickets.staff_version, tickets.has_reply, tickets.number, tickets.summary, statuses.name as status,
  tickets.status_key, tickets.type, tickets.topic_key, tickets.is_closed, tickets.is_resolved,
  tickets.is_client_author, tickets.is_client_read, tickets.is_await_client, tickets.is_await_support,
  tickets.client_aliased_name, tickets.client_emails, tickets.splitted_from_ticket_number,
  tickets.close_reason, tickets.vote, tickets.created_at, tickets.updated_at, tickets.closed_at, tickets.priority,
  tickets.tags, tickets.assignee_id, tickets.is_staff_read, tickets.waiting_since, tickets.first_response_at,
  tickets.resolved_at, tickets.due_at, tickets.first_response_due_at, tickets.resolution_due_at,
  tickets.merged_into_ticket_number, tickets.is_snoozed, tickets.snoozed_until, tickets.external_id,
  tickets.access_level, tickets.keystone_projects, tickets.notice_id, tickets.comment_count, tickets.comment_bytes,
  tickets.merged_at, tickets.merged_into_ticket_number is not null and tickets.before_merge is null as is_split_undone
, accounts.name as account_name, staff.name as assignee_name, last_comment,
      exists (
  select from drafts
  where drafts.account_id = keys.account_id and drafts.ticket_number = keys.number and drafts.staff_id = $1
) as has_draft,
      row_number() over (order by tickets.updated_at desc, tickets.number desc) as place, count(*) over () as found,
      sum(coalesce(octet_length(tickets.vote::text), 0)) over (order by tickets.updated_at desc, tickets.number desc) as up_to
    from keys
    join tickets using (account_id, number)
    join statuses on statuses.key = tickets.status_key
    join accounts using (account_id)
    left join staff on staff.staff_id = tickets.assignee_id
    left join lateral (
  select jsonb_build_object(
    'id', id, 'beginning', left(body, 200), 'is_client_author', is_client_author, 'is_internal', is_internal,
    'author_name', author_name, 'has_files', files <> '[]',
    'sent_at', to_char(sent_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
  ) as last_comment
  from comments
  where comments.account_id = keys.account_id and comments.ticket_number = keys.number
  order by id desc
  limit 1
) as last_comment on true
    ) as page
    where place = 1 or up_to <= $2
    order by place

--- desk/queue/queue.ts d1a93690e2 0131e5f06d 3642b6b450
(select array[(
  select count(*)
  from (
    select
    from tickets
    where is_closed
    limit 1000
  ) as counted
)]::int[] as counts)

--- desk/queue/queue.ts d1a93690e2 0858dcd5d1 3642b6b450 6201111b83 6ff4dc3b1a 717212c4b5 bdc962d158
(select array[(
  select count(*)
  from (
    select
    from tickets
    where "status_key" = $1::text and updated_at <= $2 and not is_closed and not is_snoozed
    limit 1000
  ) as counted
)]::int[] as counts)

--- desk/queue/queue.ts d1a93690e2 093f9f694b 3642b6b450
(select array[(
  select count(*)
  from (
    select
    from tickets
    where
(tickets.account_id, tickets.number) in (
  select account_id, ticket_number
  from mentions
  where staff_id = $1
)
    limit 1000
  ) as counted
)]::int[] as counts)

--- desk/queue/queue.ts d1a93690e2 12a7135bce 3642b6b450 6201111b83 698fbeb49d 6ff4dc3b1a
(select array[(
  select count(*)
  from (
    select
    from tickets
    where not is_snoozed and not
exists (
  select from comments
  where comments.account_id = tickets.account_id and comments.ticket_number = tickets.number and files <> '[]'
  offset 0
)
    limit 1000
  ) as counted
)]::int[] as counts)

--- desk/queue/queue.ts d1a93690e2 251a4c34d7 2deb46bc7a 3642b6b450 79b05a66d8 7bfdb7f24c b5bea41b6c c28832ae1b ccd359b2c8
(select array[(
      select count(*)
      from (
        select
        from tickets
        where (
    tickets.number = any(array(select number from (
          select account_id, number
          from (
  select account_id, number
  from search_texts
  where words @@ (select $1::tsquery)
  offset 0
) as found
          where true
        ) as found))
   or tickets.number = any($2::bigint[]))
        limit 1000
      ) as counted
    )]::int[] as counts)

--- desk/queue/queue.ts d1a93690e2 262d12e583 3642b6b450 6201111b83 6ff4dc3b1a
(select array[(
  select count(*)
  from (
    select
    from tickets
    where is_staff_read and not is_snoozed
    limit 1000
  ) as counted
)]::int[] as counts)

--- desk/queue/queue.ts d1a93690e2 285b659594 34c80dc202 3642b6b450 6201111b83 6ff4dc3b1a
(select array[(
  select count(*)
  from (
    select
    from tickets
    where not is_snoozed and (tickets.vote ->> 'score')::int between $1 and $2
    limit 1000
  ) as counted
)]::int[] as counts)

--- desk/queue/queue.ts d1a93690e2 2a4cc46cf0 3642b6b450 3a96297334 6201111b83 6ff4dc3b1a bdc962d158
(select array[(
  select count(*)
  from (
    select
    from tickets
    where (waiting_since is not null) and not is_closed and not is_snoozed
    limit 1000
  ) as counted
)]::int[] as counts)

--- desk/queue/queue.ts d1a93690e2 35cb416631 3642b6b450 6201111b83 6ff4dc3b1a bdc962d158
(select array[(
  select count(*)
  from (
    select
    from tickets
    where due_at <= now() and not is_closed and not is_snoozed
    limit 1000
  ) as counted
)]::int[] as counts)

--- desk/queue/queue.ts d1a93690e2 3642b6b450 3a96297334 6201111b83 6ff4dc3b1a 8d73e54273 bdc962d158
(select array[(
  select count(*)
  from (
    select
    from tickets
    where (not is_closed and status_key = 'await_client') and not is_closed and not is_snoozed
    limit 1000
  ) as counted
)]::int[] as counts)

--- desk/queue/queue.ts d1a93690e2 3642b6b450 3a96297334 72335314b1 79b05a66d8
(select array[(
      select count(*)
      from (
        select
        from tickets
        where ((
  exists (
    select from account_search
    where account_search.account_id = tickets.account_id and user_id = '' and words @@ (select $1::tsquery)
    offset 0
  )
  or exists (
    select from comments
    join account_search using (account_id, user_id)
    where comments.account_id = tickets.account_id and comments.ticket_number = tickets.number
      and words @@ (select $2::tsquery)
    offset 0
  )
))
        limit 1000
      ) as counted
    )]::int[] as counts)

--- desk/queue/queue.ts d1a93690e2 3642b6b450 46a0b051b8 6201111b83 6ff4dc3b1a 717212c4b5 bdc962d158
(select array[(
  select count(*)
  from (
    select
    from tickets
    where "status_key" = $1::text and (due_at is null or due_at > now()) and not is_closed and not is_snoozed
    limit 1000
  ) as counted
)]::int[] as counts)

--- desk/queue/queue.ts d1a93690e2 3642b6b450 4780c43f8d 79b05a66d8 7bfdb7f24c b5bea41b6c c28832ae1b ccd359b2c8
(select array[(
      select count(*)
      from (
        select
        from tickets
        where
    tickets.number = any(array(select number from (select account_id, number from (
  select account_id, number
  from search_texts
  where words @@ (select $1::tsquery)
  offset 0
) as found where true intersect select account_id, number from (
  select account_id, number
  from search_texts
  where words @@ (select $2::tsquery)
  offset 0
) as found where true) as found))
        limit 1000
      ) as counted
    )]::int[] as counts)

--- desk/queue/queue.ts d1a93690e2 3642b6b450 54fa3de642 6201111b83 6ff4dc3b1a
(select array[(
  select count(*)
  from (
    select
    from tickets
    where not is_staff_read and not is_snoozed
    limit 1000
  ) as counted
)]::int[] as counts)

--- desk/queue/queue.ts d1a93690e2 3642b6b450 6201111b83 6aa6558946 6ff4dc3b1a
(select array[(
  select count(*)
  from (
    select
    from tickets
    where created_at >= $1 and not is_snoozed
    limit 1000
  ) as counted
)]::int[] as counts)

--- desk/queue/queue.ts d1a93690e2 3642b6b450 6201111b83 6ff4dc3b1a 712107e554
(select array[(
  select count(*)
  from (
    select
    from tickets
    where "topic_key" is null and not is_snoozed
    limit 1000
  ) as counted
)]::int[] as counts)

--- desk/queue/queue.ts d1a93690e2 3642b6b450 6201111b83 6ff4dc3b1a 717212c4b5
(select array[(
  select count(*)
  from (
    select
    from tickets
    where "priority" = $1::text and not is_snoozed
    limit 1000
  ) as counted
)]::int[] as counts)

--- desk/queue/queue.ts d1a93690e2 3642b6b450 6201111b83 6ff4dc3b1a 717212c4b5
(select array[(
  select count(*)
  from (
    select
    from tickets
    where "priority" = 'urgent'::text and not is_snoozed
    limit 1000
  ) as counted
)]::int[] as counts)

--- desk/queue/queue.ts d1a93690e2 3642b6b450 6201111b83 6ff4dc3b1a 717212c4b5
(select array[(
  select count(*)
  from (
    select
    from tickets
    where "tickets"."number" = $1::bigint and not is_snoozed
    limit 1000
  ) as counted
)]::int[] as counts)

--- desk/queue/queue.ts d1a93690e2 3642b6b450 6201111b83 6ff4dc3b1a 717212c4b5 919594981b
(select array[(
  select count(*)
  from (
    select
    from tickets
    where ("assignee_id" = $1::bigint or "assignee_id" is null) and not is_snoozed
    limit 1000
  ) as counted
)]::int[] as counts)

--- desk/queue/queue.ts d1a93690e2 3642b6b450 6201111b83 6ff4dc3b1a 717212c4b5 abb77a85d1
(select array[(
   select count(*)
   from (
     select
     from tickets
     where "assignee_id" = $1::bigint and
 assignee_id = any(array(select staff_id from staff where disabled_at is not null))
and not is_snoozed
     limit 1000
   ) as counted
 )]::int[] as counts)

--- desk/queue/queue.ts d1a93690e2 3642b6b450 6201111b83 6ff4dc3b1a 717212c4b5 bdc962d158 f526bcabbf
(select array[(
  select count(*)
  from (
    select
    from tickets
    where "status_key" = $1::text and created_at <= $2 and not is_closed and not is_snoozed
    limit 1000
  ) as counted
)]::int[] as counts)

--- desk/queue/queue.ts d1a93690e2 3642b6b450 6201111b83 6ff4dc3b1a 717212c4b5 bdc962d158 f526bcabbf
(select array[(
  select count(*)
  from (
    select
    from tickets
    where "status_key" = 'resolved'::text and created_at <= $1 and not is_closed and not is_snoozed
    limit 1000
  ) as counted
)]::int[] as counts)

--- desk/queue/queue.ts d1a93690e2 3642b6b450 6201111b83 6ff4dc3b1a 82fb9a3b38
(select array[(
  select count(*)
  from (
    select
    from tickets
    where tags && $1::text[] and tags <> '{}' and not is_snoozed
    limit 1000
  ) as counted
)]::int[] as counts)

--- desk/queue/queue.ts d1a93690e2 3642b6b450 6201111b83 6ff4dc3b1a fc92873f41
(select array[(
  select count(*)
  from (
    select
    from tickets
    where "status_key" = any($1::text[]) and not is_snoozed
    limit 1000
  ) as counted
)]::int[] as counts)

--- desk/queue/queue.ts d1a93690e2 3642b6b450 6201111b83 717212c4b5 79b05a66d8 7bfdb7f24c b5bea41b6c c28832ae1b ccd359b2c8
(select array[(
      select count(*)
      from (
        select
        from tickets
        where "status_key" = 'closed'::text and
    tickets.number = any(array(select number from (
          select account_id, number
          from (
  select account_id, number
  from search_texts
  where words @@ (select $1::tsquery)
  offset 0
) as found
          where true
        ) as found))
        limit 1000
      ) as counted
    )]::int[] as counts)

--- desk/queue/queue.ts d1a93690e2 3642b6b450 6201111b83 79b05a66d8 7bfdb7f24c b5bea41b6c c28832ae1b cbd542249b ccd359b2c8
(select array[(
      select count(*)
      from (
        select
        from tickets
        where
    tickets.number = any(array(select number from (
          select account_id, number
          from (
  select account_id, number
  from search_texts
  where words @@ (select $1::tsquery)
  offset 0
) as found
          where true and exists (
      select from search_texts
      where search_texts.account_id = "found"."account_id"
        and search_texts.number = "found"."number"
        and search_texts.words @@ (select $2::tsquery)
      offset 0
    )
        ) as found))
        limit 1000
      ) as counted
    )]::int[] as counts)

--- desk/queue/queue.ts d1a93690e2 3642b6b450 650eb7b77f
(select array[(
  select count(*)
  from (
    select
    from tickets
    where is_snoozed
    limit 1000
  ) as counted
)]::int[] as counts)

--- desk/queue/queue.ts d1a93690e2 3642b6b450 717212c4b5
(select array[(
  select count(*)
  from (
    select
    from tickets
    where "tickets"."account_id" = $1::bigint
    limit 1000
  ) as counted
)]::int[] as counts)

--- desk/queue/queue.ts d1a93690e2 3642b6b450 79b05a66d8 7bfdb7f24c b43c86829d b5bea41b6c c28832ae1b ccd359b2c8
(select array[(
      select count(*)
      from (
        select
        from tickets
        where
    tickets.number = any(array(select number from (
    (
          select account_id, number
          from (
  select account_id, number
  from search_texts
  where words @@ (select $1::tsquery)
  offset 0
) as found
          where true
        )
    union
    select account_id, number from tickets where number = $2::bigint and true
  ) as found))
        limit 1000
      ) as counted
    )]::int[] as counts)

--- desk/queue/queue.ts d1a93690e2 3642b6b450 79b05a66d8 b5bea41b6c c28832ae1b ccd359b2c8 f0138808d2
(select array[(
      select count(*)
      from (
        select
        from tickets
        where
    (tickets.number in (select number from (
          select account_id, number
          from (
  select account_id, number
  from search_texts
  where words @@ (select $1::tsquery)
  offset 0
) as found
          where true
        ) as found)) is true
        limit 1000
      ) as counted
    )]::int[] as counts)

--- desk/queue/queue.ts d1a93690e2 3642b6b450 8dfd508e21
(select array[(
  select count(*)
  from (
    select
    from tickets
    where
(tickets.account_id, tickets.number) in (
  select account_id, ticket_number
  from drafts
  where staff_id = $1
)
    limit 1000
  ) as counted
)]::int[] as counts)

--- desk/queue/queue.ts d1a93690e2 3642b6b450 fcbcf16590
(select array[(
  select count(*)
  from (
    select
    from tickets
    where false
    limit 1000
  ) as counted
)]::int[] as counts)

--- desk/queue/rare.ts d6279a12be 285b659594 34c80dc202 cdffb6a554
select number
from (select number from tickets where (tickets.vote ->> 'score')::int between $1 and $2 order by (tickets.vote ->> 'score')::int limit 2000) as found
limit 2000

--- desk/queue/rare.ts d6279a12be 493fcefe84
select number
from (select ticket_number as number from comments where files <> '[]') as found
limit 2000

--- desk/queue/rare.ts d6279a12be 6201111b83 79b05a66d8 b43c86829d b5bea41b6c c28832ae1b cbd542249b ccd359b2c8
select number
    from (
    (
          select account_id, number
          from (
  select account_id, number
  from search_texts
  where words @@ (select $1::tsquery)
  offset 0
) as found
          where true and exists (
      select from search_texts
      where search_texts.account_id = "found"."account_id"
        and search_texts.number = "found"."number"
        and search_texts.words @@ (select $2::tsquery)
      offset 0
    )
        )
    union
    select account_id, number from tickets where number = $3::bigint and true
  ) as found
    limit $4

--- desk/queue/rare.ts d6279a12be 66c081621e 717212c4b5
select number
from (select number from tickets where "tickets"."account_id" = $1::bigint) as found
limit 2000

--- desk/queue/rare.ts d6279a12be 66c081621e fc92873f41
select number
from (select number from tickets where "tickets"."account_id" = any($1::bigint[])) as found
limit 2000

--- desk/queue/rare.ts d6279a12be 79b05a66d8 a23361163a a55142e049 bdf84f337a c66f64ff59 cbd542249b ef3ff703d7
select number
from ((select number from tickets where tickets.external_id = $1 limit $2) union (select number from tickets where (tickets.account_id = any($3::bigint[]) and exists (
  select from search_texts
  where search_texts.account_id = "tickets"."account_id"
    and search_texts.number = "tickets"."number"
    and search_texts.words @@ (select $4::tsquery)
  offset 0
)) limit $5)) as found
limit $6

--- desk/queue/rare.ts d6279a12be a23361163a bdf84f337a ef3ff703d7 fd9a64fa96
select number
  from ((select number from tickets where tickets.external_id = $1 limit $2) union (select number from tickets where (tickets.account_id, tickets.number) in (
  select comments.account_id, comments.ticket_number
  from comments
  join unnest(
    $3::bigint[], $4::text[]
  ) as people (account_id, user_id) using (account_id, user_id)
) limit $5)) as found
  limit $6

--- desk/queue/search.ts 9c18fb04b6 4780c43f8d 79b05a66d8 b5bea41b6c c28832ae1b ccd359b2c8
select count(*) as texts, (select reltuples from pg_class where oid = 'tickets'::regclass) as tickets
    from (select from (select account_id, number from (
  select account_id, number
  from search_texts
  where words @@ (select $1::tsquery)
  offset 0
) as found where true intersect select account_id, number from (
  select account_id, number
  from search_texts
  where words @@ (select $2::tsquery)
  offset 0
) as found where true) as found limit 10000) as counted

--- desk/queue/search.ts 9c18fb04b6 6201111b83 79b05a66d8 b43c86829d b5bea41b6c c28832ae1b cbd542249b ccd359b2c8
select count(*) as texts, (select reltuples from pg_class where oid = 'tickets'::regclass) as tickets
    from (select from (
    (
          select account_id, number
          from (
  select account_id, number
  from search_texts
  where words @@ (select $1::tsquery)
  offset 0
) as found
          where true and exists (
      select from search_texts
      where search_texts.account_id = "found"."account_id"
        and search_texts.number = "found"."number"
        and search_texts.words @@ (select $2::tsquery)
      offset 0
    )
        )
    union
    select account_id, number from tickets where number = $3::bigint and true
  ) as found limit 10000) as counted

--- desk/queue/search.ts 9c18fb04b6 79b05a66d8 b5bea41b6c c28832ae1b ccd359b2c8
select count(*) as texts, (select reltuples from pg_class where oid = 'tickets'::regclass) as tickets
    from (select from (
          select account_id, number
          from (
  select account_id, number
  from search_texts
  where words @@ (select $1::tsquery)
  offset 0
) as found
          where true
        ) as found limit 20000) as counted
