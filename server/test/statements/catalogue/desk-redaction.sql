-- Every statement of this folder as PostgreSQL gets it, each with the hash of its template and of the templates
-- within it. Written by "npm run statements"; server/test/statements.test.ts holds code and database against it.

--- desk/redaction/comments.ts 1ef7d1f852 11318cbb2d 4609326857 6d6b5dd534 c082a019ab cea3221a1a
select
comments.account_id, comments.id, comments.ticket_number, comments.body, comments.files, comments.is_internal,
comments.is_client_author, comments.is_client_read, comments.author_name, comments.sent_at, comments.splitted_at,
comments.splitted_to_ticket_number, comments.merged_from_ticket_number, comments.vote, comments.mentions,
comments.redacted_at, comments.redacted_by, comments.redacted_files, comments.staff_id, comments.user_id,
case when comments.user_id is not null then (
  select jsonb_build_object('id', user_id, 'name', name, 'email', email)
  from contacts
  where contacts.account_id = comments.account_id and contacts.user_id = comments.user_id
) end as author_user
  from (select $1::bigint as account_id) as accounts
  join comments using (account_id)
  where comments.id = $2 and comments.account_id = $3 and not comments.is_internal and not exists (
      select from tickets as hiding
      where hiding.account_id = $4
        and hiding.number = "comments"."ticket_number"
        and
"hiding"."access_level" = 'project_users'
and ("hiding"."keystone_projects" && (
  select projects from contacts where account_id = $5 and user_id = $6
)) is not true
    )

--- desk/redaction/comments.ts 1ef7d1f852 4609326857 4e13fcd1d4 b5bea41b6c
select
comments.account_id, comments.id, comments.ticket_number, comments.body, comments.files, comments.is_internal,
comments.is_client_author, comments.is_client_read, comments.author_name, comments.sent_at, comments.splitted_at,
comments.splitted_to_ticket_number, comments.merged_from_ticket_number, comments.vote, comments.mentions,
comments.redacted_at, comments.redacted_by, comments.redacted_files, comments.staff_id, comments.user_id,
case when comments.user_id is not null then (
  select jsonb_build_object('id', user_id, 'name', name, 'email', email)
  from contacts
  where contacts.account_id = comments.account_id and contacts.user_id = comments.user_id
) end as author_user
  from (select account_id from accounts) as accounts
  join comments using (account_id)
  where comments.id = $1 and true

--- desk/redaction/copies.ts 1b97d69097
with recursive family as (
  select id as root_id, id, copied_from_id, ticket_number, is_internal
  from comments
  where account_id = $1 and id = any($2::bigint[])
  union
  select root_id, other.id, other.copied_from_id, other.ticket_number, other.is_internal
  from family
  join comments as other
    on other.account_id = $3
    and (other.id = family.copied_from_id or other.copied_from_id = family.id)
)
select root_id, id, ticket_number, is_internal from family

--- desk/redaction/files.ts 3398c8ad9e
select client_aliased_name from tickets where account_id = $1 and number = $2

--- desk/redaction/files.ts 68cb2732e2
select now()::timestamptz(3) as now

--- desk/redaction/files.ts 8eb9f9416e 11318cbb2d 6d6b5dd534 b5f5bcfc2a
select files.account_id, files.uuid, files.blob, files.comment_id, files.staff_id, files.created_at
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

--- desk/redaction/files.ts 8eb9f9416e 130f973307
select files.account_id, files.uuid, files.blob, files.comment_id, files.staff_id, files.created_at
from files
left join comments on comments.account_id = files.account_id and comments.id = files.comment_id
where files.uuid = $1 and (files.comment_id is not null or files.account_id = 0)

--- desk/redaction/forget-text.ts ddbeaca47e 31b98910db 660cb89ec6 b127b267d8
with drafted as (
  update drafts
  set body = replace(body, $1, $2)
  where account_id = $3 and ticket_number = any($4::bigint[]) and (body = $5 or ($6 and strpos(body, $7) > 0))
)
  update delayed_replies
  set body = replace(body, $8, $9),
      files = case when outcome = 'sent' and body = $10 then '[]' else files end
  where account_id = $11 and ticket_number = any($12::bigint[]) and (body = $13 or ($14 and strpos(body, $15) > 0))

--- desk/redaction/notice.ts 01466ba7ef
select now()::timestamptz(3) as redacted_at, locale from accounts where account_id = $1
