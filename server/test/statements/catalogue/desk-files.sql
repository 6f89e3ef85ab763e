-- Every statement of this folder as PostgreSQL gets it, each with the hash of its template and of the templates
-- within it. Written by "npm run statements"; server/test/statements.test.ts holds code and database against it.

--- desk/files/attach.ts 182e199ed5 26a8e60a5c c27d4aacd5
select uuid, name, size, extension, content_type, created_at
  from files
  where account_id = 0 and uuid = any($1::uuid[]) and
files.comment_id is null
and (
  files.created_at > (now() - interval '24 hours')
  or exists (
    select from (
      select account_id, ticket_number, files as named from drafts
      union all
      select account_id, ticket_number, files from delayed_replies
    ) as in_progress
    where in_progress.account_id = $2
      and in_progress.ticket_number = $3
      and named @> jsonb_build_array(jsonb_build_object('uuid', files.uuid))
  )
)
  order by array_position($4::uuid[], uuid)

--- desk/files/attach.ts b277ddef88 26a8e60a5c c27d4aacd5
with wanted as (
    select uuid, min(position)::int as position
    from unnest($1::uuid[]) with ordinality as wanted (uuid, position)
    group by uuid
  ), taken as (
    delete from files
    using wanted
    where files.account_id = $2
      and files.uuid = wanted.uuid
      and
files.comment_id is null
and (
  files.created_at > (now() - interval '24 hours')
  or exists (
    select from (
      select account_id, ticket_number, files as named from drafts
      union all
      select account_id, ticket_number, files from delayed_replies
    ) as in_progress
    where in_progress.account_id = $3
      and in_progress.ticket_number = $4
      and named @> jsonb_build_array(jsonb_build_object('uuid', files.uuid))
  )
)
    returning files.*, wanted.position as new_position
  )
  insert into files (
    account_id, uuid, blob, name, size, extension, content_type, sha256, ticket_number, comment_id, position,
    staff_id, token_id, created_at
  )
  select
    $5, uuid, blob, name, size, extension, content_type, sha256, $6, $7,
    new_position, staff_id, token_id, created_at
  from taken
  order by new_position
  returning uuid, name, size, extension, content_type, created_at

--- desk/files/files.ts 0e309a3279
delete from files where account_id = $1 and uuid = $2

--- desk/files/files.ts 1fe027cd05
insert into files (account_id, staff_id, token_id, blob, name, size, extension, content_type, sha256)
values (
  $1, $2, $3,
  $4, $5, $6, $7, $8, $9
)
returning uuid, blob, name, size, extension, content_type, created_at

--- desk/files/files.ts 51e133b5da 26a8e60a5c
delete from files
where comment_id is null
  and created_at <= (now() - interval '24 hours')
  and uuid not in (
    select (file ->> 'uuid')::uuid
    from (
      select files from drafts
      union all
      select files from delayed_replies where outcome is null
    ) as in_progress
    cross join jsonb_array_elements(in_progress.files) as file
  )

--- desk/files/files.ts 5a99319222
select blob
from unnest($1::uuid[]) as stored (blob)
where not exists (select from files where files.blob = stored.blob)

--- desk/files/files.ts 97b287e854 11318cbb2d 6d6b5dd534 b5f5bcfc2a
select files.uuid, files.blob, files.name, files.size, files.extension, files.content_type, files.created_at
  from files
  left join comments on comments.account_id = files.account_id and comments.id = files.comment_id
  where files.uuid = $1 and files.account_id = $2 and comments.is_internal is not true and not exists (
      select from tickets as hiding
      where hiding.account_id = $3
        and hiding.number = "files"."ticket_number"
        and
"hiding"."access_level" = 'project_users'
and ("hiding"."keystone_projects" && (
  select projects from contacts where account_id = $4 and user_id = $5
)) is not true
    )

--- desk/files/files.ts 97b287e854 130f973307
select files.uuid, files.blob, files.name, files.size, files.extension, files.content_type, files.created_at
from files
left join comments on comments.account_id = files.account_id and comments.id = files.comment_id
where files.uuid = $1 and (files.comment_id is not null or files.account_id = 0)

--- desk/files/follow-comments.ts ce79eb841b
delete from files
where account_id = $1 and comment_id = any($2::bigint[])
returning blob
