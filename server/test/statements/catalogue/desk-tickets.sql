-- Every statement of this folder as PostgreSQL gets it, each with the hash of its template and of the templates
-- within it. Written by "npm run statements"; server/test/statements.test.ts holds code and database against it.

--- desk/tickets/access.ts c00ec86dac
select from contacts
where account_id = $1 and user_id = $2 and $3 = any(projects)

--- desk/tickets/account-rows.ts 9c2390bcd2
delete from "bulk_tickets"
where account_id = $1 and "number" = $2

--- desk/tickets/account-rows.ts 9c2390bcd2
delete from "comments"
where account_id = $1 and "ticket_number" = $2

--- desk/tickets/account-rows.ts 9c2390bcd2
delete from "delayed_replies"
where account_id = $1 and "ticket_number" = $2

--- desk/tickets/account-rows.ts 9c2390bcd2
delete from "drafts"
where account_id = $1 and "ticket_number" = $2

--- desk/tickets/account-rows.ts 9c2390bcd2
delete from "files"
where account_id = $1 and "ticket_number" = $2

--- desk/tickets/account-rows.ts 9c2390bcd2
delete from "mentions"
where account_id = $1 and "ticket_number" = $2

--- desk/tickets/account-rows.ts 9c2390bcd2
delete from "presence"
where account_id = $1 and "ticket_number" = $2

--- desk/tickets/account-rows.ts 9c2390bcd2
delete from "reminders"
where account_id = $1 and "ticket_number" = $2

--- desk/tickets/account-rows.ts 9c2390bcd2
delete from "set_aside_events"
where account_id = $1 and "ticket_number" = $2

--- desk/tickets/account-rows.ts 9c2390bcd2
delete from "sla_alerts"
where account_id = $1 and "ticket_number" = $2

--- desk/tickets/account-rows.ts 9c2390bcd2
delete from "tickets"
where account_id = $1 and "number" = $2

--- desk/tickets/account-rows.ts 9c2390bcd2
delete from "votes"
where account_id = $1 and "ticket_number" = $2

--- desk/tickets/account-rows.ts 9c2390bcd2 52d1bb65f2 bc7ff4dfd3
delete from "events"
where account_id = $1 and "ticket_number" = $2 and not "events"."type" = $3

--- desk/tickets/account-rows.ts a5e7104d03 52d1bb65f2 9c2390bcd2 bc7ff4dfd3 f1cba3553f
with "part_0" as (
  delete from "tickets"
  where account_id = $1 and "number" = $2
), "part_1" as (
  delete from "comments"
  where account_id = $3 and "ticket_number" = $4
), "part_2" as (
  delete from "files"
  where account_id = $5 and "ticket_number" = $6
), "part_3" as (
  delete from "votes"
  where account_id = $7 and "ticket_number" = $8
), "part_4" as (
  delete from "mentions"
  where account_id = $9 and "ticket_number" = $10
), "part_5" as (
  delete from "drafts"
  where account_id = $11 and "ticket_number" = $12
), "part_6" as (
  delete from "delayed_replies"
  where account_id = $13 and "ticket_number" = $14
), "part_7" as (
  delete from "reminders"
  where account_id = $15 and "ticket_number" = $16
), "part_8" as (
  delete from "sla_alerts"
  where account_id = $17 and "ticket_number" = $18
), "part_9" as (
  delete from "bulk_tickets"
  where account_id = $19 and "number" = $20
), "part_10" as (
  delete from "events"
  where account_id = $21 and "ticket_number" = $22 and not "events"."type" = $23
), "part_11" as (
  delete from "presence"
  where account_id = $24 and "ticket_number" = $25
), "part_12" as (
  delete from "search_texts"
  where account_id = $26 and "number" = $27
), "part_13" as (
  delete from "set_aside_events"
  where account_id = $28 and "ticket_number" = $29
) select

--- desk/tickets/account-rows.ts a5e7104d03 52d1bb65f2 9c2390bcd2 bc7ff4dfd3 f1cba3553f
with "part_0" as (
  delete from "tickets"
  where account_id = $1 and "number" = $2
), "part_1" as (
  delete from "comments"
  where account_id = $3 and "ticket_number" = $4
), "part_2" as (
  delete from "files"
  where account_id = $5 and "ticket_number" = $6
), "part_3" as (
  delete from "votes"
  where account_id = $7 and "ticket_number" = $8
), "part_4" as (
  delete from "mentions"
  where account_id = $9 and "ticket_number" = $10
), "part_5" as (
  delete from "notifications"
  where account_id = $11 and "ticket_number" = $12
), "part_6" as (
  delete from "drafts"
  where account_id = $13 and "ticket_number" = $14
), "part_7" as (
  delete from "delayed_replies"
  where account_id = $15 and "ticket_number" = $16
), "part_8" as (
  delete from "reminders"
  where account_id = $17 and "ticket_number" = $18
), "part_9" as (
  delete from "sla_alerts"
  where account_id = $19 and "ticket_number" = $20
), "part_10" as (
  delete from "bulk_tickets"
  where account_id = $21 and "number" = $22
), "part_11" as (
  delete from "events"
  where account_id = $23 and "ticket_number" = $24 and not "events"."type" = $25
), "part_12" as (
  delete from "presence"
  where account_id = $26 and "ticket_number" = $27
), "part_13" as (
  delete from "search_texts"
  where account_id = $28 and "number" = $29
), "part_14" as (
  delete from "set_aside_events"
  where account_id = $30 and "ticket_number" = $31
) select

--- desk/tickets/account-rows.ts a5e7104d03 52d1bb65f2 bc7ff4dfd3 f1cba3553f f58258b4d3
with "part_0" as (
  insert into "tickets" (account_id, "number", "external_id", "summary", "topic_key", "type", "client_aliased_name", "client_emails", "access_level", "keystone_projects", "notice_id", "status_key", "is_closed", "is_resolved", "is_client_author", "has_reply", "is_client_read", "is_staff_read", "close_reason", "vote", "priority", "tags", "assignee_id", "is_snoozed", "snoozed_until", "splitted_from_ticket_number", "merged_into_ticket_number", "merged_at", "before_merge", "comment_count", "comment_bytes", "version", "staff_version", "created_at", "updated_at", "resolved_at", "closed_at", "waiting_since", "inactive_since", "first_response_at", "first_response_due_at", "resolution_due_at")
  select $1::bigint, "number", "external_id", "summary", "topic_key", "type", "client_aliased_name", "client_emails", "access_level", "keystone_projects", "notice_id", "status_key", "is_closed", "is_resolved", "is_client_author", "has_reply", "is_client_read", "is_staff_read", "close_reason", "vote", "priority", "tags", "assignee_id", "is_snoozed", "snoozed_until", "splitted_from_ticket_number", "merged_into_ticket_number", "merged_at", "before_merge", "comment_count", "comment_bytes", "version", "staff_version", "created_at", "updated_at", "resolved_at", "closed_at", "waiting_since", "inactive_since", "first_response_at", "first_response_due_at", "resolution_due_at"
  from "tickets"
  where account_id = $2 and "number" = $3
), "part_1" as (
  insert into "comments" (account_id, "id", "ticket_number", "ticket_version", "body", "files", "mentions", "is_internal", "is_client_author", "is_client_read", "author_name", "user_id", "staff_id", "token_id", "vote", "sent_at", "splitted_at", "splitted_to_ticket_number", "copied_from_id", "merged_from_ticket_number", "merged_from_version", "redacted_at", "redacted_by", "redacted_files")
  select $4::bigint, "id", "ticket_number", "ticket_version", "body", "files", "mentions", "is_internal", "is_client_author", "is_client_read", "author_name", "user_id", "staff_id", "token_id", "vote", "sent_at", "splitted_at", "splitted_to_ticket_number", "copied_from_id", "merged_from_ticket_number", "merged_from_version", "redacted_at", "redacted_by", "redacted_files"
  from "comments"
  where account_id = $5 and "ticket_number" = $6
), "part_2" as (
  insert into "files" (account_id, "uuid", "blob", "name", "size", "extension", "content_type", "sha256", "ticket_number", "comment_id", "position", "staff_id", "token_id", "created_at")
  select $7::bigint, "uuid", "blob", "name", "size", "extension", "content_type", "sha256", "ticket_number", "comment_id", "position", "staff_id", "token_id", "created_at"
  from "files"
  where account_id = $8 and "ticket_number" = $9
), "part_3" as (
  insert into "votes" (account_id, "id", "ticket_number", "comment_id", "score", "comment", "token_id", "created_at", "deleted_at")
  select $10::bigint, "id", "ticket_number", "comment_id", "score", "comment", "token_id", "created_at", "deleted_at"
  from "votes"
  where account_id = $11 and "ticket_number" = $12
), "part_4" as (
  insert into "mentions" (account_id, "ticket_number", "staff_id")
  select $13::bigint, "ticket_number", "staff_id"
  from "mentions"
  where account_id = $14 and "ticket_number" = $15
), "part_5" as (
  insert into "drafts" (account_id, "ticket_number", "staff_id", "body", "is_internal", "files", "created_at", "updated_at")
  select $16::bigint, "ticket_number", "staff_id", "body", "is_internal", "files", "created_at", "updated_at"
  from "drafts"
  where account_id = $17 and "ticket_number" = $18
), "part_6" as (
  insert into "delayed_replies" (account_id, "delayed_reply_id", "ticket_number", "staff_id", "token_id", "body", "is_internal", "status_key", "files", "mentions", "last_comment_id", "created_at", "send_at", "outcome")
  select $19::bigint, "delayed_reply_id", "ticket_number", "staff_id", "token_id", "body", "is_internal", "status_key", "files", "mentions", "last_comment_id", "created_at", "send_at", "outcome"
  from "delayed_replies"
  where account_id = $20 and "ticket_number" = $21
), "part_7" as (
  insert into "reminders" (account_id, "ticket_number", "inactive_since", "reminded_at")
  select $22::bigint, "ticket_number", "inactive_since", "reminded_at"
  from "reminders"
  where account_id = $23 and "ticket_number" = $24
), "part_8" as (
  insert into "sla_alerts" (account_id, "ticket_number", "target", "kind", "due_at", "created_at")
  select $25::bigint, "ticket_number", "target", "kind", "due_at", "created_at"
  from "sla_alerts"
  where account_id = $26 and "ticket_number" = $27
), "part_9" as (
  insert into "bulk_tickets" (account_id, "bulk_id", "number", "before", "after")
  select $28::bigint, "bulk_id", "number", "before", "after"
  from "bulk_tickets"
  where account_id = $29 and "number" = $30
), "part_10" as (
  insert into "events" (account_id, "epoch", "xid", "id", "type", "is_client_visible", "ticket_number", "comment_id", "actor_kind", "user_id", "staff_id", "token_id", "data", "created_at")
  select $31::bigint, "epoch", "xid", "id", "type", "is_client_visible", "ticket_number", "comment_id", "actor_kind", "user_id", "staff_id", "token_id", "data", "created_at"
  from "events"
  where account_id = $32 and "ticket_number" = $33 and not "events"."type" = $34
) select

--- desk/tickets/account-rows.ts a5e7104d03 52d1bb65f2 bc7ff4dfd3 f1cba3553f f58258b4d3
with "part_0" as (
  insert into "tickets" (account_id, "number", "external_id", "summary", "topic_key", "type", "client_aliased_name", "client_emails", "access_level", "keystone_projects", "notice_id", "status_key", "is_closed", "is_resolved", "is_client_author", "has_reply", "is_client_read", "is_staff_read", "close_reason", "vote", "priority", "tags", "assignee_id", "is_snoozed", "snoozed_until", "splitted_from_ticket_number", "merged_into_ticket_number", "merged_at", "before_merge", "comment_count", "comment_bytes", "version", "staff_version", "created_at", "updated_at", "resolved_at", "closed_at", "waiting_since", "inactive_since", "first_response_at", "first_response_due_at", "resolution_due_at")
  select $1::bigint, "number", "external_id", "summary", "topic_key", "type", "client_aliased_name", "client_emails", "access_level", "keystone_projects", "notice_id", "status_key", "is_closed", "is_resolved", "is_client_author", "has_reply", "is_client_read", "is_staff_read", "close_reason", "vote", "priority", "tags", "assignee_id", "is_snoozed", "snoozed_until", "splitted_from_ticket_number", "merged_into_ticket_number", "merged_at", "before_merge", "comment_count", "comment_bytes", "version", "staff_version", "created_at", "updated_at", "resolved_at", "closed_at", "waiting_since", "inactive_since", "first_response_at", "first_response_due_at", "resolution_due_at"
  from "tickets"
  where account_id = $2 and "number" = $3
), "part_1" as (
  insert into "comments" (account_id, "id", "ticket_number", "ticket_version", "body", "files", "mentions", "is_internal", "is_client_author", "is_client_read", "author_name", "user_id", "staff_id", "token_id", "vote", "sent_at", "splitted_at", "splitted_to_ticket_number", "copied_from_id", "merged_from_ticket_number", "merged_from_version", "redacted_at", "redacted_by", "redacted_files")
  select $4::bigint, "id", "ticket_number", "ticket_version", "body", "files", "mentions", "is_internal", "is_client_author", "is_client_read", "author_name", "user_id", "staff_id", "token_id", "vote", "sent_at", "splitted_at", "splitted_to_ticket_number", "copied_from_id", "merged_from_ticket_number", "merged_from_version", "redacted_at", "redacted_by", "redacted_files"
  from "comments"
  where account_id = $5 and "ticket_number" = $6
), "part_2" as (
  insert into "files" (account_id, "uuid", "blob", "name", "size", "extension", "content_type", "sha256", "ticket_number", "comment_id", "position", "staff_id", "token_id", "created_at")
  select $7::bigint, "uuid", "blob", "name", "size", "extension", "content_type", "sha256", "ticket_number", "comment_id", "position", "staff_id", "token_id", "created_at"
  from "files"
  where account_id = $8 and "ticket_number" = $9
), "part_3" as (
  insert into "votes" (account_id, "id", "ticket_number", "comment_id", "score", "comment", "token_id", "created_at", "deleted_at")
  select $10::bigint, "id", "ticket_number", "comment_id", "score", "comment", "token_id", "created_at", "deleted_at"
  from "votes"
  where account_id = $11 and "ticket_number" = $12
), "part_4" as (
  insert into "mentions" (account_id, "ticket_number", "staff_id")
  select $13::bigint, "ticket_number", "staff_id"
  from "mentions"
  where account_id = $14 and "ticket_number" = $15
), "part_5" as (
  insert into "notifications" (account_id, "ticket_number", "staff_id", "reason", "comment_id", "by_staff_id", "created_at")
  select $16::bigint, "ticket_number", "staff_id", "reason", "comment_id", "by_staff_id", "created_at"
  from "notifications"
  where account_id = $17 and "ticket_number" = $18
), "part_6" as (
  insert into "drafts" (account_id, "ticket_number", "staff_id", "body", "is_internal", "files", "created_at", "updated_at")
  select $19::bigint, "ticket_number", "staff_id", "body", "is_internal", "files", "created_at", "updated_at"
  from "drafts"
  where account_id = $20 and "ticket_number" = $21
), "part_7" as (
  insert into "delayed_replies" (account_id, "delayed_reply_id", "ticket_number", "staff_id", "token_id", "body", "is_internal", "status_key", "files", "mentions", "last_comment_id", "created_at", "send_at", "outcome")
  select $22::bigint, "delayed_reply_id", "ticket_number", "staff_id", "token_id", "body", "is_internal", "status_key", "files", "mentions", "last_comment_id", "created_at", "send_at", "outcome"
  from "delayed_replies"
  where account_id = $23 and "ticket_number" = $24
), "part_8" as (
  insert into "reminders" (account_id, "ticket_number", "inactive_since", "reminded_at")
  select $25::bigint, "ticket_number", "inactive_since", "reminded_at"
  from "reminders"
  where account_id = $26 and "ticket_number" = $27
), "part_9" as (
  insert into "sla_alerts" (account_id, "ticket_number", "target", "kind", "due_at", "created_at")
  select $28::bigint, "ticket_number", "target", "kind", "due_at", "created_at"
  from "sla_alerts"
  where account_id = $29 and "ticket_number" = $30
), "part_10" as (
  insert into "bulk_tickets" (account_id, "bulk_id", "number", "before", "after")
  select $31::bigint, "bulk_id", "number", "before", "after"
  from "bulk_tickets"
  where account_id = $32 and "number" = $33
), "part_11" as (
  insert into "events" (account_id, "epoch", "xid", "id", "type", "is_client_visible", "ticket_number", "comment_id", "actor_kind", "user_id", "staff_id", "token_id", "data", "created_at")
  select $34::bigint, "epoch", "xid", "id", "type", "is_client_visible", "ticket_number", "comment_id", "actor_kind", "user_id", "staff_id", "token_id", "data", "created_at"
  from "events"
  where account_id = $35 and "ticket_number" = $36 and not "events"."type" = $37
) select

--- desk/tickets/account-rows.ts ae94fc3753
select name, array_agg(attname::text order by attnum) as columns
from unnest($1::text[]) as name
join pg_attribute on attrelid = name::regclass
where attnum > 0 and not attisdropped and attgenerated = '' and attname <> 'account_id'
group by name

--- desk/tickets/account-rows.ts f58258b4d3
insert into "bulk_tickets" (account_id, "bulk_id", "number", "before", "after")
select $1::bigint, "bulk_id", "number", "before", "after"
from "bulk_tickets"
where account_id = $2 and "number" = $3

--- desk/tickets/account-rows.ts f58258b4d3
insert into "comments" (account_id, "id", "ticket_number", "ticket_version", "body", "files", "mentions", "is_internal", "is_client_author", "is_client_read", "author_name", "user_id", "staff_id", "token_id", "vote", "sent_at", "splitted_at", "splitted_to_ticket_number", "copied_from_id", "merged_from_ticket_number", "merged_from_version", "redacted_at", "redacted_by", "redacted_files")
select $1::bigint, "id", "ticket_number", "ticket_version", "body", "files", "mentions", "is_internal", "is_client_author", "is_client_read", "author_name", "user_id", "staff_id", "token_id", "vote", "sent_at", "splitted_at", "splitted_to_ticket_number", "copied_from_id", "merged_from_ticket_number", "merged_from_version", "redacted_at", "redacted_by", "redacted_files"
from "comments"
where account_id = $2 and "ticket_number" = $3

--- desk/tickets/account-rows.ts f58258b4d3
insert into "delayed_replies" (account_id, "delayed_reply_id", "ticket_number", "staff_id", "token_id", "body", "is_internal", "status_key", "files", "mentions", "last_comment_id", "created_at", "send_at", "outcome")
select $1::bigint, "delayed_reply_id", "ticket_number", "staff_id", "token_id", "body", "is_internal", "status_key", "files", "mentions", "last_comment_id", "created_at", "send_at", "outcome"
from "delayed_replies"
where account_id = $2 and "ticket_number" = $3

--- desk/tickets/account-rows.ts f58258b4d3
insert into "drafts" (account_id, "ticket_number", "staff_id", "body", "is_internal", "files", "created_at", "updated_at")
select $1::bigint, "ticket_number", "staff_id", "body", "is_internal", "files", "created_at", "updated_at"
from "drafts"
where account_id = $2 and "ticket_number" = $3

--- desk/tickets/account-rows.ts f58258b4d3
insert into "files" (account_id, "uuid", "blob", "name", "size", "extension", "content_type", "sha256", "ticket_number", "comment_id", "position", "staff_id", "token_id", "created_at")
select $1::bigint, "uuid", "blob", "name", "size", "extension", "content_type", "sha256", "ticket_number", "comment_id", "position", "staff_id", "token_id", "created_at"
from "files"
where account_id = $2 and "ticket_number" = $3

--- desk/tickets/account-rows.ts f58258b4d3
insert into "reminders" (account_id, "ticket_number", "inactive_since", "reminded_at")
select $1::bigint, "ticket_number", "inactive_since", "reminded_at"
from "reminders"
where account_id = $2 and "ticket_number" = $3

--- desk/tickets/account-rows.ts f58258b4d3
insert into "sla_alerts" (account_id, "ticket_number", "target", "kind", "due_at", "created_at")
select $1::bigint, "ticket_number", "target", "kind", "due_at", "created_at"
from "sla_alerts"
where account_id = $2 and "ticket_number" = $3

--- desk/tickets/account-rows.ts f58258b4d3
insert into "tickets" (account_id, "number", "external_id", "summary", "topic_key", "type", "client_aliased_name", "client_emails", "access_level", "keystone_projects", "notice_id", "status_key", "is_closed", "is_resolved", "is_client_author", "has_reply", "is_client_read", "is_staff_read", "close_reason", "vote", "priority", "tags", "assignee_id", "is_snoozed", "snoozed_until", "splitted_from_ticket_number", "merged_into_ticket_number", "merged_at", "before_merge", "comment_count", "comment_bytes", "version", "staff_version", "created_at", "updated_at", "resolved_at", "closed_at", "waiting_since", "inactive_since", "first_response_at", "first_response_due_at", "resolution_due_at")
select $1::bigint, "number", "external_id", "summary", "topic_key", "type", "client_aliased_name", "client_emails", "access_level", "keystone_projects", "notice_id", "status_key", "is_closed", "is_resolved", "is_client_author", "has_reply", "is_client_read", "is_staff_read", "close_reason", "vote", "priority", "tags", "assignee_id", "is_snoozed", "snoozed_until", "splitted_from_ticket_number", "merged_into_ticket_number", "merged_at", "before_merge", "comment_count", "comment_bytes", "version", "staff_version", "created_at", "updated_at", "resolved_at", "closed_at", "waiting_since", "inactive_since", "first_response_at", "first_response_due_at", "resolution_due_at"
from "tickets"
where account_id = $2 and "number" = $3

--- desk/tickets/account-rows.ts f58258b4d3
insert into "votes" (account_id, "id", "ticket_number", "comment_id", "score", "comment", "token_id", "created_at")
select $1::bigint, "id", "ticket_number", "comment_id", "score", "comment", "token_id", "created_at"
from "votes"
where account_id = $2 and "ticket_number" = $3

--- desk/tickets/account-rows.ts f58258b4d3 52d1bb65f2 bc7ff4dfd3
insert into "events" (account_id, "epoch", "xid", "id", "type", "is_client_visible", "ticket_number", "comment_id", "actor_kind", "user_id", "staff_id", "token_id", "data", "created_at")
select $1::bigint, "epoch", "xid", "id", "type", "is_client_visible", "ticket_number", "comment_id", "actor_kind", "user_id", "staff_id", "token_id", "data", "created_at"
from "events"
where account_id = $2 and "ticket_number" = $3 and not "events"."type" = $4

--- desk/tickets/assign-from-groups.ts 49bfd1f871 1956c59e11 83dc915e83 d9a95e27d8 dcfa833580
with assigned as (
  update tickets
  set assignee_id = next, staff_version = staff_version + 1
  from unnest(
    $1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[]
  ) as chosen (account_id, number, before, next)
  where tickets.account_id = chosen.account_id and tickets.number = chosen.number
  returning tickets.account_id, tickets.number, jsonb_build_object(
    'before', jsonb_build_object('assignee_id', before), 'after', jsonb_build_object('assignee_id', next)
  ) || $5::jsonb as data
)
insert into events (
  account_id, type, is_client_visible, ticket_number, comment_id, actor_kind, staff_id, token_id, user_id, data
)
select
  account_id, $6, $7, number, null::bigint,
  $8, $9::bigint, $10::bigint, $11, data
from (select * from assigned order by account_id, number) as assigned

--- desk/tickets/assign-from-groups.ts be18e20d4d b5cfcabc8d
select account_id, number, topic_key, assignee_id
  from
unnest(
  $1::bigint[], $2::bigint[]
) as wanted (account_id, number)
  join tickets using (account_id, number)
  where topic_key is not null
    and assignee_id is null
    and is_client_author
    and splitted_from_ticket_number is null
    and not is_closed
  order by account_id, number
  for update of tickets

--- desk/tickets/assign-from-groups.ts e467cacc46
select topics.key, staff.staff_id, open_tickets
from topics
join staff on staff.staff_id = any(topics.assignee_ids)
cross join lateral (
  select count(*)
  from tickets
  where assignee_id = staff.staff_id and not is_closed
) as theirs (open_tickets)
where topics.key = any($1) and disabled_at is null
order by staff.staff_id
for share of staff skip locked

--- desk/tickets/change-account.ts 06593c8ad1 bc7ff4dfd3
select
(
  select coalesce(jsonb_object_agg(id, user_id), '{}')
  from comments
  where account_id = $1 and ticket_number = $2 and user_id is not null
) as comments,
(
  select coalesce(jsonb_object_agg(id, user_id), '{}')
  from events
  where account_id = $3 and ticket_number = $4 and user_id is not null
    and not "events"."type" = $5
) as events

--- desk/tickets/change-account.ts 1b213763b8
select account_id
from account_state
where account_id in ($1, $2)
order by account_id
for update

--- desk/tickets/change-account.ts 323ef9050c 3b4a8c2d5a 6b86b273ff
update tickets
set client_emails = $1, client_aliased_name = $2,
    access_level = $3, keystone_projects = $4, updated_at = greatest(now(), updated_at), version = version + 1
where account_id = $5 and number = $6

--- desk/tickets/change-account.ts 66690a91c9
update account_state
set "tickets_closed" = "tickets_closed" + case when account_id = $1 then 1 else -1 end
where account_id in ($2, $3)

--- desk/tickets/change-account.ts 66690a91c9
update account_state
set "tickets_open" = "tickets_open" + case when account_id = $1 then 1 else -1 end
where account_id in ($2, $3)

--- desk/tickets/change-account.ts 6d03aa57ba
update comments
set user_id = $1::jsonb ->> id::text
where account_id = $2 and ticket_number = $3

--- desk/tickets/change-account.ts cb28b332b8 bc7ff4dfd3
update events
set user_id = $1::jsonb ->> id::text
where account_id = $2 and ticket_number = $3 and not "events"."type" = $4

--- desk/tickets/change-account.ts dde23f9390 bc7ff4dfd3
select data -> 'people' as people
from events
where account_id = $1
  and ticket_number = $2
  and "events"."type" = $3
  and data -> 'from_account_id' = $4::jsonb
order by epoch desc, events.xid desc, id desc
limit 1

--- desk/tickets/change.ts 0eec663af4 1956c59e11 a246fddd5a d9a95e27d8 dcfa833580
with triaged as (
  update tickets
  set priority = wanted.priority, tags = wanted.tags, assignee_id = wanted.assignee_id,
      external_id = wanted.external_id, staff_version = staff_version + 1
  from jsonb_to_recordset($1) as wanted (
    account_id bigint, number bigint, priority text, tags text[], assignee_id bigint, external_id text, data jsonb
  )
  where tickets.account_id = wanted.account_id and tickets.number = wanted.number
  returning tickets.account_id, tickets.number, wanted.data
)
insert into events (
  account_id, type, is_client_visible, ticket_number, comment_id, actor_kind, staff_id, token_id, user_id, data
)
select
  account_id, $2, $3, number, null::bigint,
  $4, $5::bigint, $6::bigint, $7, data
from (select * from triaged order by account_id, number) as triaged

--- desk/tickets/change.ts 117f5e079e
select staff_id
from staff
where staff_id = any($1::bigint[]) and disabled_at is null
order by staff_id
for share

--- desk/tickets/change.ts 5b205cf97d 3b4a8c2d5a 6b86b273ff
update tickets
set client_aliased_name = $1,
    client_emails = $2,
    access_level = $3, keystone_projects = $4, updated_at = greatest(now(), updated_at), version = version + 1
where account_id = $5 and number = $6

--- desk/tickets/change.ts 900ef51af9 3b4a8c2d5a 6b86b273ff
update tickets
set summary = wanted.summary, topic_key = wanted.topic_key, type = wanted.type,
    client_emails = wanted.client_emails, access_level = wanted.access_level,
    keystone_projects = wanted.keystone_projects, updated_at = greatest(now(), updated_at), version = version + 1
from jsonb_to_recordset($1) as wanted (
  account_id bigint, number bigint, summary text, topic_key text, type text, client_emails text[],
  access_level text, keystone_projects text[]
)
where tickets.account_id = wanted.account_id
  and tickets.number = wanted.number
  and (
    wanted.topic_key is null
    or tickets.topic_key = wanted.topic_key
    or exists (select from topics where key = wanted.topic_key and archived_at is null)
  )
returning tickets.account_id, tickets.number

--- desk/tickets/close.ts 4f5dfc3a65 28a4dae046 3b4a8c2d5a 6422c7a407 6b86b273ff 74234e98af b210f1af00 b4042e5c97
update tickets
  set
  status_key = $1,
  is_closed = $2,
  closed_at = null,
  close_reason = $3,
  is_resolved = $4::boolean,
  resolved_at = case when $5::boolean then coalesce(resolved_at, now()) end,
  waiting_since = coalesce(waiting_since, now()),
  inactive_since = now(),
  updated_at = greatest(now(), updated_at), version = version + 1
, vote = null
  where account_id = $6 and number = $7

--- desk/tickets/close.ts c4709917fd 00a0dcace6 1956c59e11 28a4dae046 3b4a8c2d5a 6422c7a407 674a2c7398 6b86b273ff 74234e98af a7e42b57df b210f1af00 b5cfcabc8d d9a95e27d8 dcfa833580
with moved as (
    update tickets
    set
  status_key = $1,
  is_closed = $2,
  closed_at = greatest(now(), updated_at),
  close_reason = $3,
  is_resolved = $4::boolean,
  resolved_at = case when $5::boolean then coalesce(resolved_at, now()) end,
  waiting_since = null,
  inactive_since = now(),
  updated_at = greatest(now(), updated_at), version = version + 1
    from
unnest(
  $6::bigint[], $7::bigint[]
) as wanted (account_id, number)
    where tickets.account_id = wanted.account_id and tickets.number = wanted.number
    returning tickets.account_id, tickets.number
  )
  insert into events (
    account_id, type, is_client_visible, ticket_number, comment_id, actor_kind, staff_id, token_id, user_id, data
  )
  select
    account_id, $8, $9, number, null::bigint,
    $10, $11::bigint, $12::bigint, $13, data
  from (select *, $14::jsonb as data from (select * from moved order by account_id, number) as ordered) as moved

--- desk/tickets/close.ts c4709917fd 1956c59e11 28a4dae046 3b4a8c2d5a 6422c7a407 6b86b273ff 74234e98af 778c9c684e a7e42b57df b210f1af00 b5cfcabc8d d9a95e27d8 dcfa833580
with moved as (
    update tickets
    set
  status_key = $1,
  is_closed = $2,
  closed_at = null,
  close_reason = $3,
  is_resolved = $4::boolean,
  resolved_at = case when $5::boolean then coalesce(resolved_at, now()) end,
  waiting_since = null,
  inactive_since = now(),
  updated_at = greatest(now(), updated_at), version = version + 1
    from
unnest(
  $6::bigint[], $7::bigint[]
) as wanted (account_id, number)
    where tickets.account_id = wanted.account_id and tickets.number = wanted.number
    returning tickets.account_id, tickets.number
  )
  insert into events (
    account_id, type, is_client_visible, ticket_number, comment_id, actor_kind, staff_id, token_id, user_id, data
  )
  select
    account_id, $8, $9, number, null::bigint,
    $10, $11::bigint, $12::bigint, $13, data
  from (select *, null::jsonb as data from (select * from moved order by account_id, number) as ordered) as moved

--- desk/tickets/comment-counts.ts d9cd8550a7
update tickets
set (comment_count, comment_bytes) = (
  select count(*), coalesce(sum(octet_length(body)), 0)
  from comments
  where comments.account_id = tickets.account_id and comments.ticket_number = tickets.number
)
where account_id = $1 and number = any($2::bigint[])

--- desk/tickets/count.ts 488c5e19dc b5cfcabc8d
update account_state
   set tickets_open = tickets_open + $1 * moved, tickets_closed = tickets_closed - $2 * moved
   from (select account_id, count(*) as moved from
 unnest(
   $3::bigint[], $4::bigint[]
 ) as wanted (account_id, number)
group by account_id) as counted
   where account_state.account_id = counted.account_id

--- desk/tickets/due.ts 3344f3f844
with changed as (
  select due.*
  from unnest(
    $1::bigint[],
    $2::bigint[],
    $3::timestamptz(3)[],
    $4::timestamptz(3)[]
  ) as due (account_id, number, first_response, resolution)
  join tickets using (account_id, number)
  where (first_response_due_at, resolution_due_at) is distinct from (first_response, resolution)
  order by account_id, number
  for update of tickets
)
update tickets
set first_response_due_at = first_response, resolution_due_at = resolution
from changed
where tickets.account_id = changed.account_id and tickets.number = changed.number

--- desk/tickets/find.ts 7a9194187e 6d6b5dd534 79b05a66d8 b434ffe439 e4be8d9fae e72a3ee8de
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
    from (
      select distinct *
      from unnest((select $1::bigint[]), (select $2::bigint[]))
    ) as wanted (account_id, number)
    join tickets using (account_id, number)
    join statuses on statuses.key = tickets.status_key
    where tickets.account_id = $3 and not (
  "tickets"."access_level" = 'project_users'
  and ("tickets"."keystone_projects" && (
    select projects from contacts where account_id = $4 and user_id = $5
  )) is not true
)

--- desk/tickets/find.ts 7a9194187e 79b05a66d8 b434ffe439 b5bea41b6c e43e4acf5f
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
,
  coalesce((
    select count(*) = 2
    from (
      select
      from comments
      where comments.account_id = tickets.account_id and comments.ticket_number = tickets.number and not is_internal and splitted_at is null
      limit 2
    ) as two
  ), false) as is_splittable,
  tickets.splitted_from_ticket_number is not null and coalesce((select true from comments where comments.account_id = tickets.account_id and comments.ticket_number = tickets.number and comments.splitted_to_ticket_number is not null limit 1), false) as is_split_further,
  tickets.splitted_from_ticket_number is not null and coalesce((select true from
    comments
    join comments as original on original.account_id = comments.account_id and original.id = comments.copied_from_id
    where comments.account_id = tickets.account_id and comments.ticket_number = tickets.number
      and comments.merged_from_ticket_number is null
      and original.ticket_number <> tickets.splitted_from_ticket_number
   limit 1), false) as are_originals_moved,
  (
    tickets.splitted_from_ticket_number is not null or tickets.merged_into_ticket_number is not null
    or coalesce((select true from
      tickets as source
      where source.account_id = tickets.account_id and source.merged_into_ticket_number = tickets.number
     limit 1), false)
    or coalesce((select true from comments where comments.account_id = tickets.account_id and comments.ticket_number = tickets.number and (
  comments.splitted_to_ticket_number is not null or comments.copied_from_id is not null
  or comments.merged_from_ticket_number is not null
) limit 1), false)
  ) as is_linked
    from (
      select distinct *
      from unnest((select $1::bigint[]), (select $2::bigint[]))
    ) as wanted (account_id, number)
    join tickets using (account_id, number)
    join statuses on statuses.key = tickets.status_key
    where true

--- desk/tickets/find.ts 9fafeecacc
select account_id
from account_state
where account_id = any($1::bigint[])
for update skip locked

--- desk/tickets/find.ts c65a2cc9cb 79b05a66d8 b434ffe439 c45f093b74
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
    from (
      select tickets.*
      from unnest((select $1::bigint[]), (select $2::bigint[])) as wanted (account_id, number)
      join tickets using (account_id, number)
      for update of tickets skip locked
    ) as tickets
    join statuses on statuses.key = tickets.status_key

--- desk/tickets/find.ts c727ccad13
select
from tickets
where account_id = $1 and number = any($2::bigint[])
order by number
for update

--- desk/tickets/find.ts ca37eac329 3056ff519c 6d6b5dd534 b434ffe439 e4be8d9fae e72a3ee8de
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
    from (
      select *
      from tickets
      where number = $1 and tickets.account_id = $2 and not (
  "tickets"."access_level" = 'project_users'
  and ("tickets"."keystone_projects" && (
    select projects from contacts where account_id = $3 and user_id = $4
  )) is not true
)
      for update skip locked
    ) as tickets
    join statuses on statuses.key = tickets.status_key

--- desk/tickets/find.ts ca37eac329 6d6b5dd534 a0d008ab8f b434ffe439 e4be8d9fae e72a3ee8de
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
    from (
      select *
      from tickets
      where number = $1 and tickets.account_id = $2 and not (
  "tickets"."access_level" = 'project_users'
  and ("tickets"."keystone_projects" && (
    select projects from contacts where account_id = $3 and user_id = $4
  )) is not true
)
      for update
    ) as tickets
    join statuses on statuses.key = tickets.status_key

--- desk/tickets/find.ts ca37eac329 b434ffe439 b5bea41b6c e43e4acf5f
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
,
  (
    select count(*) = 2
    from (
      select
      from comments
      where comments.account_id = tickets.account_id and comments.ticket_number = tickets.number and not is_internal and splitted_at is null
      limit 2
    ) as two
  ) as is_splittable,
  tickets.splitted_from_ticket_number is not null and coalesce((select true from comments where comments.account_id = tickets.account_id and comments.ticket_number = tickets.number and comments.splitted_to_ticket_number is not null limit 1), false) as is_split_further,
  tickets.splitted_from_ticket_number is not null and coalesce((select true from
    comments
    join comments as original on original.account_id = comments.account_id and original.id = comments.copied_from_id
    where comments.account_id = tickets.account_id and comments.ticket_number = tickets.number
      and comments.merged_from_ticket_number is null
      and original.ticket_number <> tickets.splitted_from_ticket_number
   limit 1), false) as are_originals_moved,
  (
    tickets.splitted_from_ticket_number is not null or tickets.merged_into_ticket_number is not null
    or coalesce((select true from
      tickets as source
      where source.account_id = tickets.account_id and source.merged_into_ticket_number = tickets.number
     limit 1), false)
    or coalesce((select true from comments where comments.account_id = tickets.account_id and comments.ticket_number = tickets.number and (
  comments.splitted_to_ticket_number is not null or comments.copied_from_id is not null
  or comments.merged_from_ticket_number is not null
) limit 1), false)
  ) as is_linked
    from (
      select *
      from tickets
      where number = $1 and true
    ) as tickets
    join statuses on statuses.key = tickets.status_key

--- desk/tickets/find.ts ca37eac329 b434ffe439 b5bea41b6c e43e4acf5f
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
,
  coalesce((
    select count(*) = 2
    from (
      select
      from comments
      where comments.account_id = tickets.account_id and comments.ticket_number = tickets.number and not is_internal and splitted_at is null
      limit 2
    ) as two
  ), false) as is_splittable,
  tickets.splitted_from_ticket_number is not null and coalesce((select true from comments where comments.account_id = tickets.account_id and comments.ticket_number = tickets.number and comments.splitted_to_ticket_number is not null limit 1), false) as is_split_further,
  tickets.splitted_from_ticket_number is not null and coalesce((select true from
    comments
    join comments as original on original.account_id = comments.account_id and original.id = comments.copied_from_id
    where comments.account_id = tickets.account_id and comments.ticket_number = tickets.number
      and comments.merged_from_ticket_number is null
      and original.ticket_number <> tickets.splitted_from_ticket_number
   limit 1), false) as are_originals_moved,
  (
    tickets.splitted_from_ticket_number is not null or tickets.merged_into_ticket_number is not null
    or coalesce((select true from
      tickets as source
      where source.account_id = tickets.account_id and source.merged_into_ticket_number = tickets.number
     limit 1), false)
    or coalesce((select true from comments where comments.account_id = tickets.account_id and comments.ticket_number = tickets.number and (
  comments.splitted_to_ticket_number is not null or comments.copied_from_id is not null
  or comments.merged_from_ticket_number is not null
) limit 1), false)
  ) as is_linked
    from (
      select *
      from tickets
      where number = $1 and true
    ) as tickets
    join statuses on statuses.key = tickets.status_key

--- desk/tickets/list.ts e892092937 0895243778 6201111b83 ea627f6c99
select count(*)
from tickets
where account_id = $1 and keystone_projects && $2::text[]

--- desk/tickets/list.ts e892092937 6201111b83 6aa6558946 ea627f6c99
select count(*)
from tickets
where account_id = $1 and created_at >= $2

--- desk/tickets/list.ts e892092937 6201111b83 6afed3a8c6 ea627f6c99
select count(*)
from tickets
where account_id = $1 and not is_client_read

--- desk/tickets/list.ts e892092937 6201111b83 6b50fe4fea ea627f6c99
select count(*)
from tickets
where account_id = $1 and updated_at >= $2

--- desk/tickets/list.ts e892092937 6201111b83 6d6b5dd534 e4be8d9fae e72a3ee8de ea627f6c99 fc92873f41
select count(*)
    from tickets
    where account_id = $1 and tickets.account_id = $2 and not (
  "tickets"."access_level" = 'project_users'
  and ("tickets"."keystone_projects" && (
    select projects from contacts where account_id = $3 and user_id = $4
  )) is not true
) and "status_key" = any($5::text[])

--- desk/tickets/list.ts e892092937 6201111b83 6f379ec9ba 712107e554 ea627f6c99
select count(*)
from tickets
where account_id = $1 and is_closed = $2 and "topic_key" is null

--- desk/tickets/list.ts e892092937 6201111b83 717212c4b5 919594981b ea627f6c99
select count(*)
from tickets
where account_id = $1 and ("topic_key" = $2::text or "topic_key" is null)

--- desk/tickets/list.ts e892092937 6201111b83 c979726ee7 ea627f6c99
select count(*)
from tickets
where account_id = $1 and notice_id #>> '{}' = any($2::text[])

--- desk/tickets/list.ts e892092937 6201111b83 ded3c7830a ea627f6c99
select count(*)
from tickets
where account_id = $1 and is_client_read

--- desk/tickets/mark-staff-read.ts 9629946422 168383707b 1956c59e11 7d17ebb73d d9a95e27d8 dcfa833580
with wanted as (
  select *
  from unnest(
    $1::bigint[], $2::bigint[]
  ) as wanted (account_id, number)
), mentioned as (
  select account_id, number from wanted where false
), marked as (
  update tickets
  set is_staff_read = $3
  from wanted
  where tickets.account_id = wanted.account_id
    and tickets.number = wanted.number
    and (is_staff_read <> $4 or (tickets.account_id, tickets.number) in (select * from mentioned))
  returning tickets.account_id, tickets.number, null::jsonb as data
)
insert into events (
  account_id, type, is_client_visible, ticket_number, comment_id, actor_kind, staff_id, token_id, user_id, data
)
select
  account_id, $5, $6, number, null::bigint,
  $7, $8::bigint, $9::bigint, $10, data
from (select * from marked order by account_id, number) as marked

--- desk/tickets/mark-staff-read.ts 9629946422 1956c59e11 7d17ebb73d 9c3cb405ad ca9066873b d9a95e27d8 dcfa833580
with wanted as (
    select *
    from unnest(
      $1::bigint[], $2::bigint[]
    ) as wanted (account_id, number)
  ), mentioned as (
delete from mentions
using wanted
where mentions.account_id = wanted.account_id and ticket_number = wanted.number
  and mentions.staff_id = $3
returning wanted.account_id, wanted.number
  ), marked as (
    update tickets
    set is_staff_read = $4
    from wanted
    where tickets.account_id = wanted.account_id
      and tickets.number = wanted.number
      and (is_staff_read <> $5 or (tickets.account_id, tickets.number) in (select * from mentioned))
    returning tickets.account_id, tickets.number, null::jsonb as data
  )
  insert into events (
    account_id, type, is_client_visible, ticket_number, comment_id, actor_kind, staff_id, token_id, user_id, data
  )
  select
    account_id, $6, $7, number, null::bigint,
    $8, $9::bigint, $10::bigint, $11, data
  from (select * from marked order by account_id, number) as marked

--- desk/tickets/merge-into.ts 492e840831 199bc9c7ff 3b4a8c2d5a 3db5e5e6d7 84a71966f2 f294c75071
update tickets
    set
  status_key = earlier.status_key,
  is_closed = earlier.is_closed,
  closed_at = earlier.closed_at,
  close_reason = earlier.close_reason,
  is_resolved = earlier.is_resolved,
  resolved_at = earlier.resolved_at,
  waiting_since = earlier.waiting_since,
  vote = earlier.vote,
  inactive_since = now(),
  updated_at = greatest(now(), updated_at), version = version + $1::int
,
        has_reply = $2, is_client_read = not exists (
  select from comments
  where comments.account_id = tickets.account_id and comments.ticket_number = tickets.number and not comments.is_client_read
), is_staff_read = $3
    from
  jsonb_to_recordset(
    $4
  ) as earlier (
    account_id bigint, number bigint, status_key text, is_closed boolean, closed_at timestamptz, close_reason text,
    is_resolved boolean, resolved_at timestamptz, waiting_since timestamptz, vote jsonb
  )
    where tickets.account_id = earlier.account_id and tickets.number = earlier.number

--- desk/tickets/merge-into.ts 5b71148465 5edd1832df 6b2f6433d5 79784941d9
with moved as (
      update comments
      set ticket_number = $1,
          ticket_version = sources.version,
          merged_from_ticket_number = coalesce(merged_from_ticket_number, ticket_number),
          merged_from_version = coalesce(merged_from_version, ticket_version)
      from jsonb_to_recordset($2) as sources (number bigint, version int)
      where account_id = $3 and ticket_number = sources.number and splitted_to_ticket_number is distinct from $4
      returning id, ticket_number
    ), moved_files as (
  update files
  set ticket_number = moved.ticket_number
  from moved as moved
  where files.account_id = $5 and files.comment_id = moved.id
)
    update votes
    set ticket_number = $6
    where account_id = $7 and comment_id in (select id from moved)

--- desk/tickets/merge-into.ts 9c47e66197 199bc9c7ff 28a4dae046 3b4a8c2d5a 674a2c7398 6b86b273ff 74234e98af b210f1af00 ef28387e96
update tickets
    set
    status_key = $1,
    is_closed = $2,
    closed_at = greatest(now(), updated_at),
    close_reason = $3,
    is_resolved = is_resolved,
    resolved_at = case when is_resolved then coalesce(resolved_at, now()) end,
    waiting_since = null,
    inactive_since = now(),
    updated_at = greatest(now(), updated_at), version = version + 1
  ,
        merged_into_ticket_number = $4, merged_at = now(), before_merge = sources.undo,
        is_client_read = not exists (
  select from comments
  where comments.account_id = tickets.account_id and comments.ticket_number = tickets.number and not comments.is_client_read
), is_staff_read = true
    from jsonb_to_recordset($5) as sources (number bigint, undo jsonb)
    where tickets.account_id = $6 and tickets.number = sources.number

--- desk/tickets/merge-records.ts 021c6d2ae7
with recursive chain as (
  select number, merged_into_ticket_number
  from tickets
  where account_id = $1 and number = any($2::bigint[])
  union
  select tickets.number, tickets.merged_into_ticket_number
  from chain
  join tickets on tickets.account_id = $3 and tickets.number = chain.merged_into_ticket_number
)
select account_id, number, merged_into_ticket_number as target, before_merge as before, merged_at
from tickets
where account_id = $4
  and (merged_into_ticket_number in (select number from chain) or number in (select number from chain))
order by account_id, number
for update

--- desk/tickets/merge-records.ts 5891ea6a81
update tickets
set priority = fields.priority, assignee_id = fields.assignee_id, tags = fields.tags,
    client_emails = fields.client_emails, staff_version = staff_version + 1
from jsonb_to_recordset($1) as fields (
  account_id bigint, number bigint, priority text, assignee_id bigint, tags text[], client_emails text[]
)
where tickets.account_id = fields.account_id and tickets.number = fields.number

--- desk/tickets/merge-records.ts 6097eeef52 b5cfcabc8d
select number, priority, tags, client_emails, assignee_id,
    (select staff_id from staff where staff_id = assignee_id and disabled_at is null) as enabled_assignee_id,
    array(
      select staff_id
      from mentions
      where mentions.account_id = tickets.account_id and ticket_number = number
      order by staff_id
    ) as mentions
  from
unnest(
  $1::bigint[], $2::bigint[]
) as wanted (account_id, number)
  join tickets using (account_id, number)

--- desk/tickets/merge-records.ts 7d09545cbc b5cfcabc8d bc7ff4dfd3
select tickets.number, array_agg(distinct field) as fields
  from
unnest(
  $1::bigint[], $2::bigint[]
) as wanted (account_id, number)
  join tickets using (account_id, number)
  cross join lateral (
    select max(id) as merged_id
    from events
    where events.account_id = tickets.account_id
      and ticket_number = merged_into_ticket_number
      and "events"."type" = $3
      and data ->> 'from' = tickets.number::text
  ) as merged
  join events
    on events.account_id = tickets.account_id and ticket_number = merged_into_ticket_number and id > merged_id
  cross join unnest(array['priority', 'assignee_id']) as field
  where "events"."type" = $4 and data -> 'before' -> field is distinct from data -> 'after' -> field
  group by tickets.number

--- desk/tickets/merge-records.ts 918b546fd3
select mentioned as staff_id, max(sent_at) as last_at
from comments
cross join unnest(mentions) as mentioned
where account_id = $1 and ticket_number = $2 and merged_from_ticket_number is null
group by mentioned

--- desk/tickets/merge-records.ts ed923746bf
update tickets
set before_merge = jsonb_set(before_merge, '{brought}', brought)
from jsonb_to_recordset($1) as records (account_id bigint, number bigint, brought jsonb)
where tickets.account_id = records.account_id and tickets.number = records.number

--- desk/tickets/merge-size.ts 5cb4c95fc9 79784941d9
select ticket_number as number, count(*) as comment_count, sum(octet_length(body)) as comment_bytes
from comments
where account_id = $1
  and ticket_number = any($2::bigint[])
  and splitted_to_ticket_number is distinct from $3
group by ticket_number

--- desk/tickets/merged.ts ca513ad235
with recursive chain as (
  select number, merged_into_ticket_number
  from tickets
  where account_id = $1 and number = $2
  union all
  select tickets.number, tickets.merged_into_ticket_number
  from chain
  join tickets
    on tickets.account_id = $3
    and tickets.number = chain.merged_into_ticket_number
)
select number
from chain
where merged_into_ticket_number is null

--- desk/tickets/open.ts 207483d2b2
select key from topics where key = any($1) and archived_at is null

--- desk/tickets/open.ts 568d9c8c0b 113a2f4c19 4dbed96f72 4df3f37557 779f7cc4df 8bcba0e7e6 aa304b5d1d b434ffe439 b6234d2ea0 c5ef827d73 d9a95e27d8 e9e7e37fe7
with given as (
      select *, nextval('ticket_numbers') as number, nextval('comment_ids') as comment_id
      from jsonb_to_recordset($1) as given (
        account_id bigint, actor_kind text, staff_id bigint, token_id bigint, user_id text, summary text,
        topic_key text, client_aliased_name text, client_emails text[], access_level text, keystone_projects text[],
        notice_id jsonb, external_id text, vector text, stems jsonb, body text, bytes int, author_name text,
        comment_vector text, comment_stems jsonb
      )
    ), account as (
      update account_state
      set tickets_open = tickets_open + opened.count
      from (select account_id, count(*) from given group by account_id) as opened
      where account_state.account_id = opened.account_id
    ), ticket as (
      insert into tickets (
        account_id, number, summary, topic_key, status_key, is_client_author, is_client_read, is_staff_read, has_reply,
        waiting_since, client_aliased_name, client_emails, comment_count, comment_bytes, access_level, keystone_projects,
        notice_id, external_id
      )
      select
        account_id, number, summary,
        (select key from topics where key = given.topic_key and archived_at is null),
        case when by_client then 'new' else 'await_client' end, by_client, by_client, not by_client, not by_client,
        case when by_client then now() end, client_aliased_name, client_emails, 1, bytes, access_level,
        keystone_projects, notice_id, external_id
      from given
      cross join lateral (select actor_kind = 'client' as by_client) as author
      returning *
    ), comment as (
      insert into comments (
        account_id, id, ticket_number, body, is_client_author, is_client_read, author_name, ticket_version,
        staff_id, token_id, user_id
      )
      select
        account_id, comment_id, number, body, actor_kind = 'client', actor_kind = 'client', author_name, version,
        staff_id, token_id, user_id
      from given
      join ticket using (account_id, number)
    ), text as (
  insert into search_texts (account_id, number, comment_id, words)
  select account_id, number, comment_id,
  text.vector::tsvector || (
    select coalesce(array_to_tsvector(array_agg(prefix || '=' || stem)), '')
    from jsonb_to_recordset(text.stems) as part (prefixes text[], russian text[], english text[])
    cross join lateral (
  select stem from unnest(russian) as word, unnest(ts_lexize('russian_stem', word)) as stem where stem <> word
  union all
  select stem from unnest(english) as word, unnest(ts_lexize('english_stem', word)) as stem where stem <> word
) as stems
    cross join unnest(prefixes) as prefix
  ) || case when text.comment_id = 0
    then array_to_tsvector(array['#' || text.number, ':' || text.account_id || ':#' || text.number])
    else ''
  end
  from (
      select account_id, number, 0 as comment_id, vector, stems from given
      union all
      select account_id, number, comment_id, comment_vector, comment_stems from given
    ) as text
    ), event as (
    insert into events (
      account_id, type, is_client_visible, ticket_number, comment_id, actor_kind, staff_id, token_id, user_id, data
    )
    select
      account_id, $2, $3, number, comment_id,
      actor_kind, staff_id, token_id, user_id, data
    from (select *, null::jsonb as data from given) as given
  )
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
, given.comment_id
    from ticket as tickets
    join statuses on statuses.key = tickets.status_key
    join given using (account_id, number)
    order by number

--- desk/tickets/open.ts f1877e840e
select account_id from accounts where external_id = $1

--- desk/tickets/page.ts 0a0dee9b56
select number, vote
from tickets
where account_id = $1 and number = any($2::bigint[])

--- desk/tickets/page.ts c967fb48d3 0895243778 43fdb62e93 6201111b83 b434ffe439 b5bea41b6c c660db8253 e892092937 ea627f6c99 f6719e638c
with counted as materialized (
      select tickets_open + tickets_closed as total,
        concat(coalesce((select max(epoch) from events where account_id = $1), 0), ' ', pg_current_snapshot())
          as moment,
        coalesce(case when $2::int is not null and not exists (
    select
    from (
      select epoch, xid
      from events
      where account_id = $3 and (epoch, xid) >= ($4::int, pg_snapshot_xmin($5::pg_snapshot))
      order by epoch, xid, id
      offset 0
    ) as later
    where epoch > $6::int or not pg_visible_in_snapshot(xid, $7::pg_snapshot)
  ) then $8::bigint else (select count(*) from tickets where account_id = $9 and keystone_projects && $10::text[]) end, 0)
          as item_count
      from account_state
      where account_id = $11
    )
    select counted.item_count, counted.moment, page.*
    from counted
    left join lateral (
      select
  tickets.account_id, tickets.version, tickets.staff_version, tickets.has_reply, tickets.number, tickets.summary, statuses.name as status,
  tickets.status_key, tickets.type, tickets.topic_key, tickets.is_closed, tickets.is_resolved,
  tickets.is_client_author, tickets.is_client_read, tickets.is_await_client, tickets.is_await_support,
  tickets.client_aliased_name, tickets.client_emails, tickets.splitted_from_ticket_number,
  tickets.close_reason, case when not coalesce(sum(octet_length(tickets.vote::text)) over (), 0) > 1048576 then tickets.vote end as vote, tickets.created_at, tickets.updated_at, tickets.closed_at, tickets.priority,
  tickets.tags, tickets.assignee_id, tickets.is_staff_read, tickets.waiting_since, tickets.first_response_at,
  tickets.resolved_at, tickets.due_at, tickets.first_response_due_at, tickets.resolution_due_at,
  tickets.merged_into_ticket_number, tickets.is_snoozed, tickets.snoozed_until, tickets.external_id,
  tickets.access_level, tickets.keystone_projects, tickets.notice_id, tickets.comment_count, tickets.comment_bytes,
  tickets.merged_at, tickets.merged_into_ticket_number is not null and tickets.before_merge is null as is_split_undone
,
        tickets.vote is not null and coalesce(sum(octet_length(tickets.vote::text)) over (), 0) > 1048576 as has_late_vote
      from (
  select number, updated_at
  from tickets
  where account_id = $12 and keystone_projects && $13::text[] and true
  order by number
  limit $14
  offset $15
) as keys
      join tickets on tickets.account_id = $16 and tickets.number = keys.number
      join statuses on statuses.key = tickets.status_key
    ) as page on true
    order by number

--- desk/tickets/page.ts c967fb48d3 116a19cf0d b434ffe439 b5bea41b6c ea627f6c99 f6719e638c
with counted as (select $1::bigint as item_count, null::text as moment)
    select counted.item_count, counted.moment, page.*
    from counted
    left join lateral (
      select
  tickets.account_id, tickets.version, tickets.staff_version, tickets.has_reply, tickets.number, tickets.summary, statuses.name as status,
  tickets.status_key, tickets.type, tickets.topic_key, tickets.is_closed, tickets.is_resolved,
  tickets.is_client_author, tickets.is_client_read, tickets.is_await_client, tickets.is_await_support,
  tickets.client_aliased_name, tickets.client_emails, tickets.splitted_from_ticket_number,
  tickets.close_reason, case when not coalesce(sum(octet_length(tickets.vote::text)) over (), 0) > 1048576 then tickets.vote end as vote, tickets.created_at, tickets.updated_at, tickets.closed_at, tickets.priority,
  tickets.tags, tickets.assignee_id, tickets.is_staff_read, tickets.waiting_since, tickets.first_response_at,
  tickets.resolved_at, tickets.due_at, tickets.first_response_due_at, tickets.resolution_due_at,
  tickets.merged_into_ticket_number, tickets.is_snoozed, tickets.snoozed_until, tickets.external_id,
  tickets.access_level, tickets.keystone_projects, tickets.notice_id, tickets.comment_count, tickets.comment_bytes,
  tickets.merged_at, tickets.merged_into_ticket_number is not null and tickets.before_merge is null as is_split_undone
,
        tickets.vote is not null and coalesce(sum(octet_length(tickets.vote::text)) over (), 0) > 1048576 as has_late_vote
      from (
  select number, updated_at
  from tickets
  where account_id = $2 and true
  order by updated_at, number
  limit $3
  offset $4
) as keys
      join tickets on tickets.account_id = $5 and tickets.number = keys.number
      join statuses on statuses.key = tickets.status_key
    ) as page on true
    order by updated_at desc, number desc

--- desk/tickets/page.ts c967fb48d3 28face7e77 830261e454 b434ffe439 dabd3aff76 ea627f6c99 f6719e638c
with counted as (
      select tickets_open + tickets_closed as item_count, null::text as moment
      from account_state
      where account_id = $1
    )
    select counted.item_count, counted.moment, page.*
    from counted
    left join lateral (
      select
  tickets.account_id, tickets.version, tickets.staff_version, tickets.has_reply, tickets.number, tickets.summary, statuses.name as status,
  tickets.status_key, tickets.type, tickets.topic_key, tickets.is_closed, tickets.is_resolved,
  tickets.is_client_author, tickets.is_client_read, tickets.is_await_client, tickets.is_await_support,
  tickets.client_aliased_name, tickets.client_emails, tickets.splitted_from_ticket_number,
  tickets.close_reason, case when not coalesce(sum(octet_length(tickets.vote::text)) over (), 0) > 1048576 then tickets.vote end as vote, tickets.created_at, tickets.updated_at, tickets.closed_at, tickets.priority,
  tickets.tags, tickets.assignee_id, tickets.is_staff_read, tickets.waiting_since, tickets.first_response_at,
  tickets.resolved_at, tickets.due_at, tickets.first_response_due_at, tickets.resolution_due_at,
  tickets.merged_into_ticket_number, tickets.is_snoozed, tickets.snoozed_until, tickets.external_id,
  tickets.access_level, tickets.keystone_projects, tickets.notice_id, tickets.comment_count, tickets.comment_bytes,
  tickets.merged_at, tickets.merged_into_ticket_number is not null and tickets.before_merge is null as is_split_undone
,
        tickets.vote is not null and coalesce(sum(octet_length(tickets.vote::text)) over (), 0) > 1048576 as has_late_vote
      from (
  select number, updated_at
  from tickets
  where account_id = $2 and number < $3::bigint
  order by number desc
  limit $4
  offset $5
) as keys
      join tickets on tickets.account_id = $6 and tickets.number = keys.number
      join statuses on statuses.key = tickets.status_key
    ) as page on true
    order by number desc

--- desk/tickets/page.ts c967fb48d3 2cb8a2a515 2f846a594d 830261e454 b434ffe439 ea627f6c99 f6719e638c
with counted as (
      select tickets_open + tickets_closed as item_count, null::text as moment
      from account_state
      where account_id = $1
    )
    select counted.item_count, counted.moment, page.*
    from counted
    left join lateral (
      select
  tickets.account_id, tickets.version, tickets.staff_version, tickets.has_reply, tickets.number, tickets.summary, statuses.name as status,
  tickets.status_key, tickets.type, tickets.topic_key, tickets.is_closed, tickets.is_resolved,
  tickets.is_client_author, tickets.is_client_read, tickets.is_await_client, tickets.is_await_support,
  tickets.client_aliased_name, tickets.client_emails, tickets.splitted_from_ticket_number,
  tickets.close_reason, case when not coalesce(sum(octet_length(tickets.vote::text)) over (), 0) > 1048576 then tickets.vote end as vote, tickets.created_at, tickets.updated_at, tickets.closed_at, tickets.priority,
  tickets.tags, tickets.assignee_id, tickets.is_staff_read, tickets.waiting_since, tickets.first_response_at,
  tickets.resolved_at, tickets.due_at, tickets.first_response_due_at, tickets.resolution_due_at,
  tickets.merged_into_ticket_number, tickets.is_snoozed, tickets.snoozed_until, tickets.external_id,
  tickets.access_level, tickets.keystone_projects, tickets.notice_id, tickets.comment_count, tickets.comment_bytes,
  tickets.merged_at, tickets.merged_into_ticket_number is not null and tickets.before_merge is null as is_split_undone
,
        tickets.vote is not null and coalesce(sum(octet_length(tickets.vote::text)) over (), 0) > 1048576 as has_late_vote
      from (
  select number, updated_at
  from tickets
  where account_id = $2 and (is_await_client, updated_at, number) < ($3, $4::timestamptz, $5::bigint)
  order by is_await_client desc, updated_at desc, number desc
  limit $6
  offset $7
) as keys
      join tickets on tickets.account_id = $8 and tickets.number = keys.number
      join statuses on statuses.key = tickets.status_key
    ) as page on true
    order by is_await_client desc, updated_at desc, number desc

--- desk/tickets/page.ts c967fb48d3 2f846a594d 43fdb62e93 6201111b83 62b67e1f68 717212c4b5 a818706e78 b434ffe439 c660db8253 e892092937 ea627f6c99 f6719e638c
with counted as materialized (
      select tickets_open + tickets_closed as total,
        concat(coalesce((select max(epoch) from events where account_id = $1), 0), ' ', pg_current_snapshot())
          as moment,
        coalesce(case when $2::int is not null and not exists (
    select
    from (
      select epoch, xid
      from events
      where account_id = $3 and (epoch, xid) >= ($4::int, pg_snapshot_xmin($5::pg_snapshot))
      order by epoch, xid, id
      offset 0
    ) as later
    where epoch > $6::int or not pg_visible_in_snapshot(xid, $7::pg_snapshot)
  ) then $8::bigint else (select count(*) from tickets where account_id = $9 and "status_key" = $10::text) end, 0)
          as item_count
      from account_state
      where account_id = $11
    )
    select counted.item_count, counted.moment, page.*
    from counted
    left join lateral (
      select
  tickets.account_id, tickets.version, tickets.staff_version, tickets.has_reply, tickets.number, tickets.summary, statuses.name as status,
  tickets.status_key, tickets.type, tickets.topic_key, tickets.is_closed, tickets.is_resolved,
  tickets.is_client_author, tickets.is_client_read, tickets.is_await_client, tickets.is_await_support,
  tickets.client_aliased_name, tickets.client_emails, tickets.splitted_from_ticket_number,
  tickets.close_reason, case when not coalesce(sum(octet_length(tickets.vote::text)) over (), 0) > 1048576 then tickets.vote end as vote, tickets.created_at, tickets.updated_at, tickets.closed_at, tickets.priority,
  tickets.tags, tickets.assignee_id, tickets.is_staff_read, tickets.waiting_since, tickets.first_response_at,
  tickets.resolved_at, tickets.due_at, tickets.first_response_due_at, tickets.resolution_due_at,
  tickets.merged_into_ticket_number, tickets.is_snoozed, tickets.snoozed_until, tickets.external_id,
  tickets.access_level, tickets.keystone_projects, tickets.notice_id, tickets.comment_count, tickets.comment_bytes,
  tickets.merged_at, tickets.merged_into_ticket_number is not null and tickets.before_merge is null as is_split_undone
,
        tickets.vote is not null and coalesce(sum(octet_length(tickets.vote::text)) over (), 0) > 1048576 as has_late_vote
      from (
  select number, updated_at
  from tickets
  where account_id = $12 and "status_key" = $13::text and (updated_at, number) > ($14::timestamptz, $15::bigint)
  order by updated_at, number
  limit $16
  offset $17
) as keys
      join tickets on tickets.account_id = $18 and tickets.number = keys.number
      join statuses on statuses.key = tickets.status_key
    ) as page on true
    order by updated_at, number

--- desk/tickets/page.ts c967fb48d3 3064c17058 40510dc754 43fdb62e93 44dc069f17 48e18b1a0c 55c31ae651 6201111b83 698fbeb49d 6f379ec9ba 79b05a66d8 b434ffe439 b5bea41b6c c0eac1d0a5 c28832ae1b c660db8253 cbd542249b ccd359b2c8 d1e4324830 d3f8670437 dccd5529c3 ea627f6c99 fc92873f41
with matches as materialized (
  select distinct account_id, number
  from (
          select account_id, number
          from (
  select account_id, number
  from search_texts
  where words @@ (select $1::tsquery)
  offset 0
) as found
          where account_id = (select $2::bigint)
        ) as found
), counted as materialized (
      select tickets_open + tickets_closed as total,
        concat(coalesce((select max(epoch) from events where account_id = $3), 0), ' ', pg_current_snapshot())
          as moment,
        coalesce(case when $4::int is not null and not exists (
    select
    from (
      select epoch, xid
      from events
      where account_id = $5 and (epoch, xid) >= ($6::int, pg_snapshot_xmin($7::pg_snapshot))
      order by epoch, xid, id
      offset 0
    ) as later
    where epoch > $8::int or not pg_visible_in_snapshot(xid, $9::pg_snapshot)
  ) then $10::bigint else (
    select count(*)
    from matches
    join tickets using (account_id, number) where account_id = $11 and is_closed = $12 and "status_key" = any($13::text[])
  ) end, 0)
          as item_count
      from account_state
      where account_id = $14
    )
    select counted.item_count, counted.moment, page.*
    from counted
    left join lateral (
      select
  tickets.account_id, tickets.version, tickets.staff_version, tickets.has_reply, tickets.number, tickets.summary, statuses.name as status,
  tickets.status_key, tickets.type, tickets.topic_key, tickets.is_closed, tickets.is_resolved,
  tickets.is_client_author, tickets.is_client_read, tickets.is_await_client, tickets.is_await_support,
  tickets.client_aliased_name, tickets.client_emails, tickets.splitted_from_ticket_number,
  tickets.close_reason, case when not coalesce(sum(octet_length(tickets.vote::text)) over (), 0) > 1048576 then tickets.vote end as vote, tickets.created_at, tickets.updated_at, tickets.closed_at, tickets.priority,
  tickets.tags, tickets.assignee_id, tickets.is_staff_read, tickets.waiting_since, tickets.first_response_at,
  tickets.resolved_at, tickets.due_at, tickets.first_response_due_at, tickets.resolution_due_at,
  tickets.merged_into_ticket_number, tickets.is_snoozed, tickets.snoozed_until, tickets.external_id,
  tickets.access_level, tickets.keystone_projects, tickets.notice_id, tickets.comment_count, tickets.comment_bytes,
  tickets.merged_at, tickets.merged_into_ticket_number is not null and tickets.before_merge is null as is_split_undone
,
        tickets.vote is not null and coalesce(sum(octet_length(tickets.vote::text)) over (), 0) > 1048576 as has_late_vote
      from ((
  select number, updated_at
  from matches
  join tickets using (account_id, number)
  where account_id = $15 and is_closed = $16 and "status_key" = any($17::text[]) and true and not (
  select item_count * item_count > 0.25 * (select $18::bigint) * total
  from counted
)
  order by updated_at desc, number desc
  limit (select $19::bigint)
  offset (select $20::bigint)
) union all (
  select number, updated_at
  from tickets
  where account_id = $21 and is_closed = $22 and "status_key" = any($23::text[]) and true and (
  select item_count * item_count > 0.25 * (select $24::bigint) * total
  from counted
)
    and case
      when (
  select item_count * item_count > 10 * (select $25::bigint) * total
  from counted
) then exists (
      select from search_texts
      where search_texts.account_id = "tickets"."account_id"
        and search_texts.number = "tickets"."number"
        and search_texts.words @@ (select $26::tsquery)
      offset 0
    )
      else (number in (select number from matches)) is true
    end
  order by updated_at desc, number desc
  limit (select $27::bigint)
  offset (select $28::bigint)
)) as keys
      join tickets on tickets.account_id = $29 and tickets.number = keys.number
      join statuses on statuses.key = tickets.status_key
    ) as page on true
    order by updated_at desc, number desc

--- desk/tickets/page.ts c967fb48d3 3064c17058 43fdb62e93 44dc069f17 4780c43f8d 48e18b1a0c 55c31ae651 6201111b83 698fbeb49d 79b05a66d8 b434ffe439 b5bea41b6c c0eac1d0a5 c28832ae1b c660db8253 cbd542249b ccd359b2c8 d1e4324830 d3f8670437 dccd5529c3 ea627f6c99
with matches as materialized (
  select distinct account_id, number
  from (select account_id, number from (
  select account_id, number
  from search_texts
  where words @@ (select $1::tsquery)
  offset 0
) as found where account_id = (select $2::bigint) intersect select account_id, number from (
  select account_id, number
  from search_texts
  where words @@ (select $3::tsquery)
  offset 0
) as found where account_id = (select $4::bigint)) as found
), counted as materialized (
      select tickets_open + tickets_closed as total,
        concat(coalesce((select max(epoch) from events where account_id = $5), 0), ' ', pg_current_snapshot())
          as moment,
        coalesce(case when $6::int is not null and not exists (
    select
    from (
      select epoch, xid
      from events
      where account_id = $7 and (epoch, xid) >= ($8::int, pg_snapshot_xmin($9::pg_snapshot))
      order by epoch, xid, id
      offset 0
    ) as later
    where epoch > $10::int or not pg_visible_in_snapshot(xid, $11::pg_snapshot)
  ) then $12::bigint else (
    select count(*)
    from matches
  ) end, 0)
          as item_count
      from account_state
      where account_id = $13
    )
    select counted.item_count, counted.moment, page.*
    from counted
    left join lateral (
      select
  tickets.account_id, tickets.version, tickets.staff_version, tickets.has_reply, tickets.number, tickets.summary, statuses.name as status,
  tickets.status_key, tickets.type, tickets.topic_key, tickets.is_closed, tickets.is_resolved,
  tickets.is_client_author, tickets.is_client_read, tickets.is_await_client, tickets.is_await_support,
  tickets.client_aliased_name, tickets.client_emails, tickets.splitted_from_ticket_number,
  tickets.close_reason, case when not coalesce(sum(octet_length(tickets.vote::text)) over (), 0) > 1048576 then tickets.vote end as vote, tickets.created_at, tickets.updated_at, tickets.closed_at, tickets.priority,
  tickets.tags, tickets.assignee_id, tickets.is_staff_read, tickets.waiting_since, tickets.first_response_at,
  tickets.resolved_at, tickets.due_at, tickets.first_response_due_at, tickets.resolution_due_at,
  tickets.merged_into_ticket_number, tickets.is_snoozed, tickets.snoozed_until, tickets.external_id,
  tickets.access_level, tickets.keystone_projects, tickets.notice_id, tickets.comment_count, tickets.comment_bytes,
  tickets.merged_at, tickets.merged_into_ticket_number is not null and tickets.before_merge is null as is_split_undone
,
        tickets.vote is not null and coalesce(sum(octet_length(tickets.vote::text)) over (), 0) > 1048576 as has_late_vote
      from ((
  select number, updated_at
  from matches
  join tickets using (account_id, number)
  where account_id = $14 and true and not (
  select item_count * item_count > 0.25 * (select $15::bigint) * total
  from counted
)
  order by updated_at desc, number desc
  limit (select $16::bigint)
  offset (select $17::bigint)
) union all (
  select number, updated_at
  from tickets
  where account_id = $18 and true and (
  select item_count * item_count > 0.25 * (select $19::bigint) * total
  from counted
)
    and case
      when (
  select item_count * item_count > 10 * (select $20::bigint) * total
  from counted
) then exists (
      select from search_texts
      where search_texts.account_id = "tickets"."account_id"
        and search_texts.number = "tickets"."number"
        and search_texts.words @@ (select $21::tsquery)
      offset 0
    ) and exists (
      select from search_texts
      where search_texts.account_id = "tickets"."account_id"
        and search_texts.number = "tickets"."number"
        and search_texts.words @@ (select $22::tsquery)
      offset 0
    )
      else (number in (select number from matches)) is true
    end
  order by updated_at desc, number desc
  limit (select $23::bigint)
  offset (select $24::bigint)
)) as keys
      join tickets on tickets.account_id = $25 and tickets.number = keys.number
      join statuses on statuses.key = tickets.status_key
    ) as page on true
    order by updated_at desc, number desc

--- desk/tickets/page.ts c967fb48d3 3064c17058 43fdb62e93 44dc069f17 48e18b1a0c 55c31ae651 6201111b83 698fbeb49d 79b05a66d8 9a9ce9bbcf b434ffe439 b43c86829d b5bea41b6c c0eac1d0a5 c28832ae1b c660db8253 cbd542249b ccd359b2c8 d1e4324830 d3f8670437 dccd5529c3 ea627f6c99
with matches as materialized (
  select distinct account_id, number
  from (
    (
          select account_id, number
          from (
  select account_id, number
  from search_texts
  where words @@ (select $1::tsquery)
  offset 0
) as found
          where account_id = (select $2::bigint) and exists (
      select from search_texts
      where search_texts.account_id = "found"."account_id"
        and search_texts.number = "found"."number"
        and search_texts.words @@ (select $3::tsquery)
      offset 0
    )
        )
    union
    select account_id, number from tickets where number = $4::bigint and account_id = (select $5::bigint)
  ) as found
), counted as materialized (
      select tickets_open + tickets_closed as total,
        concat(coalesce((select max(epoch) from events where account_id = $6), 0), ' ', pg_current_snapshot())
          as moment,
        coalesce(case when $7::int is not null and not exists (
    select
    from (
      select epoch, xid
      from events
      where account_id = $8 and (epoch, xid) >= ($9::int, pg_snapshot_xmin($10::pg_snapshot))
      order by epoch, xid, id
      offset 0
    ) as later
    where epoch > $11::int or not pg_visible_in_snapshot(xid, $12::pg_snapshot)
  ) then $13::bigint else (
    select count(*)
    from matches
  ) end, 0)
          as item_count
      from account_state
      where account_id = $14
    )
    select counted.item_count, counted.moment, page.*
    from counted
    left join lateral (
      select
  tickets.account_id, tickets.version, tickets.staff_version, tickets.has_reply, tickets.number, tickets.summary, statuses.name as status,
  tickets.status_key, tickets.type, tickets.topic_key, tickets.is_closed, tickets.is_resolved,
  tickets.is_client_author, tickets.is_client_read, tickets.is_await_client, tickets.is_await_support,
  tickets.client_aliased_name, tickets.client_emails, tickets.splitted_from_ticket_number,
  tickets.close_reason, case when not coalesce(sum(octet_length(tickets.vote::text)) over (), 0) > 1048576 then tickets.vote end as vote, tickets.created_at, tickets.updated_at, tickets.closed_at, tickets.priority,
  tickets.tags, tickets.assignee_id, tickets.is_staff_read, tickets.waiting_since, tickets.first_response_at,
  tickets.resolved_at, tickets.due_at, tickets.first_response_due_at, tickets.resolution_due_at,
  tickets.merged_into_ticket_number, tickets.is_snoozed, tickets.snoozed_until, tickets.external_id,
  tickets.access_level, tickets.keystone_projects, tickets.notice_id, tickets.comment_count, tickets.comment_bytes,
  tickets.merged_at, tickets.merged_into_ticket_number is not null and tickets.before_merge is null as is_split_undone
,
        tickets.vote is not null and coalesce(sum(octet_length(tickets.vote::text)) over (), 0) > 1048576 as has_late_vote
      from ((
  select number, updated_at
  from matches
  join tickets using (account_id, number)
  where account_id = $15 and true and not (
  select item_count * item_count > 0.25 * (select $16::bigint) * total
  from counted
)
  order by updated_at desc, number desc
  limit (select $17::bigint)
  offset (select $18::bigint)
) union all (
  select number, updated_at
  from tickets
  where account_id = $19 and true and (
  select item_count * item_count > 0.25 * (select $20::bigint) * total
  from counted
)
    and case
      when (
  select item_count * item_count > 10 * (select $21::bigint) * total
  from counted
) then ("tickets"."number" = $22::bigint or (exists (
      select from search_texts
      where search_texts.account_id = "tickets"."account_id"
        and search_texts.number = "tickets"."number"
        and search_texts.words @@ (select $23::tsquery)
      offset 0
    ) and exists (
      select from search_texts
      where search_texts.account_id = "tickets"."account_id"
        and search_texts.number = "tickets"."number"
        and search_texts.words @@ (select $24::tsquery)
      offset 0
    )))
      else (number in (select number from matches)) is true
    end
  order by updated_at desc, number desc
  limit (select $25::bigint)
  offset (select $26::bigint)
)) as keys
      join tickets on tickets.account_id = $27 and tickets.number = keys.number
      join statuses on statuses.key = tickets.status_key
    ) as page on true
    order by updated_at desc, number desc

--- desk/tickets/page.ts c967fb48d3 43fdb62e93 6201111b83 6aa6558946 b434ffe439 b5bea41b6c c660db8253 e892092937 ea627f6c99 f6719e638c
with counted as materialized (
      select tickets_open + tickets_closed as total,
        concat(coalesce((select max(epoch) from events where account_id = $1), 0), ' ', pg_current_snapshot())
          as moment,
        coalesce(case when $2::int is not null and not exists (
    select
    from (
      select epoch, xid
      from events
      where account_id = $3 and (epoch, xid) >= ($4::int, pg_snapshot_xmin($5::pg_snapshot))
      order by epoch, xid, id
      offset 0
    ) as later
    where epoch > $6::int or not pg_visible_in_snapshot(xid, $7::pg_snapshot)
  ) then $8::bigint else (select count(*) from tickets where account_id = $9 and created_at >= $10) end, 0)
          as item_count
      from account_state
      where account_id = $11
    )
    select counted.item_count, counted.moment, page.*
    from counted
    left join lateral (
      select
  tickets.account_id, tickets.version, tickets.staff_version, tickets.has_reply, tickets.number, tickets.summary, statuses.name as status,
  tickets.status_key, tickets.type, tickets.topic_key, tickets.is_closed, tickets.is_resolved,
  tickets.is_client_author, tickets.is_client_read, tickets.is_await_client, tickets.is_await_support,
  tickets.client_aliased_name, tickets.client_emails, tickets.splitted_from_ticket_number,
  tickets.close_reason, case when not coalesce(sum(octet_length(tickets.vote::text)) over (), 0) > 1048576 then tickets.vote end as vote, tickets.created_at, tickets.updated_at, tickets.closed_at, tickets.priority,
  tickets.tags, tickets.assignee_id, tickets.is_staff_read, tickets.waiting_since, tickets.first_response_at,
  tickets.resolved_at, tickets.due_at, tickets.first_response_due_at, tickets.resolution_due_at,
  tickets.merged_into_ticket_number, tickets.is_snoozed, tickets.snoozed_until, tickets.external_id,
  tickets.access_level, tickets.keystone_projects, tickets.notice_id, tickets.comment_count, tickets.comment_bytes,
  tickets.merged_at, tickets.merged_into_ticket_number is not null and tickets.before_merge is null as is_split_undone
,
        tickets.vote is not null and coalesce(sum(octet_length(tickets.vote::text)) over (), 0) > 1048576 as has_late_vote
      from (
  select number, updated_at
  from tickets
  where account_id = $12 and created_at >= $13 and true
  order by updated_at desc, number desc
  limit $14
  offset $15
) as keys
      join tickets on tickets.account_id = $16 and tickets.number = keys.number
      join statuses on statuses.key = tickets.status_key
    ) as page on true
    order by updated_at desc, number desc

--- desk/tickets/page.ts c967fb48d3 43fdb62e93 6201111b83 6afed3a8c6 b434ffe439 b5bea41b6c c660db8253 e892092937 ea627f6c99 f6719e638c
with counted as materialized (
      select tickets_open + tickets_closed as total,
        concat(coalesce((select max(epoch) from events where account_id = $1), 0), ' ', pg_current_snapshot())
          as moment,
        coalesce(case when $2::int is not null and not exists (
    select
    from (
      select epoch, xid
      from events
      where account_id = $3 and (epoch, xid) >= ($4::int, pg_snapshot_xmin($5::pg_snapshot))
      order by epoch, xid, id
      offset 0
    ) as later
    where epoch > $6::int or not pg_visible_in_snapshot(xid, $7::pg_snapshot)
  ) then $8::bigint else (select count(*) from tickets where account_id = $9 and not is_client_read) end, 0)
          as item_count
      from account_state
      where account_id = $10
    )
    select counted.item_count, counted.moment, page.*
    from counted
    left join lateral (
      select
  tickets.account_id, tickets.version, tickets.staff_version, tickets.has_reply, tickets.number, tickets.summary, statuses.name as status,
  tickets.status_key, tickets.type, tickets.topic_key, tickets.is_closed, tickets.is_resolved,
  tickets.is_client_author, tickets.is_client_read, tickets.is_await_client, tickets.is_await_support,
  tickets.client_aliased_name, tickets.client_emails, tickets.splitted_from_ticket_number,
  tickets.close_reason, case when not coalesce(sum(octet_length(tickets.vote::text)) over (), 0) > 1048576 then tickets.vote end as vote, tickets.created_at, tickets.updated_at, tickets.closed_at, tickets.priority,
  tickets.tags, tickets.assignee_id, tickets.is_staff_read, tickets.waiting_since, tickets.first_response_at,
  tickets.resolved_at, tickets.due_at, tickets.first_response_due_at, tickets.resolution_due_at,
  tickets.merged_into_ticket_number, tickets.is_snoozed, tickets.snoozed_until, tickets.external_id,
  tickets.access_level, tickets.keystone_projects, tickets.notice_id, tickets.comment_count, tickets.comment_bytes,
  tickets.merged_at, tickets.merged_into_ticket_number is not null and tickets.before_merge is null as is_split_undone
,
        tickets.vote is not null and coalesce(sum(octet_length(tickets.vote::text)) over (), 0) > 1048576 as has_late_vote
      from (
  select number, updated_at
  from tickets
  where account_id = $11 and not is_client_read and true
  order by updated_at desc, number desc
  limit $12
  offset $13
) as keys
      join tickets on tickets.account_id = $14 and tickets.number = keys.number
      join statuses on statuses.key = tickets.status_key
    ) as page on true
    order by updated_at desc, number desc

--- desk/tickets/page.ts c967fb48d3 43fdb62e93 6201111b83 6b50fe4fea b434ffe439 b5bea41b6c c660db8253 e892092937 ea627f6c99 f6719e638c
with counted as materialized (
      select tickets_open + tickets_closed as total,
        concat(coalesce((select max(epoch) from events where account_id = $1), 0), ' ', pg_current_snapshot())
          as moment,
        coalesce(case when $2::int is not null and not exists (
    select
    from (
      select epoch, xid
      from events
      where account_id = $3 and (epoch, xid) >= ($4::int, pg_snapshot_xmin($5::pg_snapshot))
      order by epoch, xid, id
      offset 0
    ) as later
    where epoch > $6::int or not pg_visible_in_snapshot(xid, $7::pg_snapshot)
  ) then $8::bigint else (select count(*) from tickets where account_id = $9 and updated_at >= $10) end, 0)
          as item_count
      from account_state
      where account_id = $11
    )
    select counted.item_count, counted.moment, page.*
    from counted
    left join lateral (
      select
  tickets.account_id, tickets.version, tickets.staff_version, tickets.has_reply, tickets.number, tickets.summary, statuses.name as status,
  tickets.status_key, tickets.type, tickets.topic_key, tickets.is_closed, tickets.is_resolved,
  tickets.is_client_author, tickets.is_client_read, tickets.is_await_client, tickets.is_await_support,
  tickets.client_aliased_name, tickets.client_emails, tickets.splitted_from_ticket_number,
  tickets.close_reason, case when not coalesce(sum(octet_length(tickets.vote::text)) over (), 0) > 1048576 then tickets.vote end as vote, tickets.created_at, tickets.updated_at, tickets.closed_at, tickets.priority,
  tickets.tags, tickets.assignee_id, tickets.is_staff_read, tickets.waiting_since, tickets.first_response_at,
  tickets.resolved_at, tickets.due_at, tickets.first_response_due_at, tickets.resolution_due_at,
  tickets.merged_into_ticket_number, tickets.is_snoozed, tickets.snoozed_until, tickets.external_id,
  tickets.access_level, tickets.keystone_projects, tickets.notice_id, tickets.comment_count, tickets.comment_bytes,
  tickets.merged_at, tickets.merged_into_ticket_number is not null and tickets.before_merge is null as is_split_undone
,
        tickets.vote is not null and coalesce(sum(octet_length(tickets.vote::text)) over (), 0) > 1048576 as has_late_vote
      from (
  select number, updated_at
  from tickets
  where account_id = $12 and updated_at >= $13 and true
  order by updated_at desc, number desc
  limit $14
  offset $15
) as keys
      join tickets on tickets.account_id = $16 and tickets.number = keys.number
      join statuses on statuses.key = tickets.status_key
    ) as page on true
    order by updated_at desc, number desc

--- desk/tickets/page.ts c967fb48d3 43fdb62e93 6201111b83 6d6b5dd534 b434ffe439 b5bea41b6c c660db8253 e4be8d9fae e72a3ee8de e892092937 ea627f6c99 f6719e638c
with counted as materialized (
      select tickets_open + tickets_closed as total,
        concat(coalesce((select max(epoch) from events where account_id = $1), 0), ' ', pg_current_snapshot())
          as moment,
        coalesce(case when $2::int is not null and not exists (
    select
    from (
      select epoch, xid
      from events
      where account_id = $3 and (epoch, xid) >= ($4::int, pg_snapshot_xmin($5::pg_snapshot))
      order by epoch, xid, id
      offset 0
    ) as later
    where epoch > $6::int or not pg_visible_in_snapshot(xid, $7::pg_snapshot)
  ) then $8::bigint else (select count(*) from tickets where account_id = $9 and tickets.account_id = $10 and not (
  "tickets"."access_level" = 'project_users'
  and ("tickets"."keystone_projects" && (
    select projects from contacts where account_id = $11 and user_id = $12
  )) is not true
)) end, 0)
          as item_count
      from account_state
      where account_id = $13
    )
    select counted.item_count, counted.moment, page.*
    from counted
    left join lateral (
      select
  tickets.account_id, tickets.version, tickets.staff_version, tickets.has_reply, tickets.number, tickets.summary, statuses.name as status,
  tickets.status_key, tickets.type, tickets.topic_key, tickets.is_closed, tickets.is_resolved,
  tickets.is_client_author, tickets.is_client_read, tickets.is_await_client, tickets.is_await_support,
  tickets.client_aliased_name, tickets.client_emails, tickets.splitted_from_ticket_number,
  tickets.close_reason, case when not coalesce(sum(octet_length(tickets.vote::text)) over (), 0) > 1048576 then tickets.vote end as vote, tickets.created_at, tickets.updated_at, tickets.closed_at, tickets.priority,
  tickets.tags, tickets.assignee_id, tickets.is_staff_read, tickets.waiting_since, tickets.first_response_at,
  tickets.resolved_at, tickets.due_at, tickets.first_response_due_at, tickets.resolution_due_at,
  tickets.merged_into_ticket_number, tickets.is_snoozed, tickets.snoozed_until, tickets.external_id,
  tickets.access_level, tickets.keystone_projects, tickets.notice_id, tickets.comment_count, tickets.comment_bytes,
  tickets.merged_at, tickets.merged_into_ticket_number is not null and tickets.before_merge is null as is_split_undone
,
        tickets.vote is not null and coalesce(sum(octet_length(tickets.vote::text)) over (), 0) > 1048576 as has_late_vote
      from (
  select number, updated_at
  from tickets
  where account_id = $14 and tickets.account_id = $15 and not (
  "tickets"."access_level" = 'project_users'
  and ("tickets"."keystone_projects" && (
    select projects from contacts where account_id = $16 and user_id = $17
  )) is not true
) and true
  order by number
  limit $18
  offset $19
) as keys
      join tickets on tickets.account_id = $20 and tickets.number = keys.number
      join statuses on statuses.key = tickets.status_key
    ) as page on true
    order by number

--- desk/tickets/page.ts c967fb48d3 43fdb62e93 6201111b83 712107e554 b434ffe439 b5bea41b6c c660db8253 e892092937 ea627f6c99 f6719e638c
with counted as materialized (
      select tickets_open + tickets_closed as total,
        concat(coalesce((select max(epoch) from events where account_id = $1), 0), ' ', pg_current_snapshot())
          as moment,
        coalesce(case when $2::int is not null and not exists (
    select
    from (
      select epoch, xid
      from events
      where account_id = $3 and (epoch, xid) >= ($4::int, pg_snapshot_xmin($5::pg_snapshot))
      order by epoch, xid, id
      offset 0
    ) as later
    where epoch > $6::int or not pg_visible_in_snapshot(xid, $7::pg_snapshot)
  ) then $8::bigint else (select count(*) from tickets where account_id = $9 and "topic_key" is null) end, 0)
          as item_count
      from account_state
      where account_id = $10
    )
    select counted.item_count, counted.moment, page.*
    from counted
    left join lateral (
      select
  tickets.account_id, tickets.version, tickets.staff_version, tickets.has_reply, tickets.number, tickets.summary, statuses.name as status,
  tickets.status_key, tickets.type, tickets.topic_key, tickets.is_closed, tickets.is_resolved,
  tickets.is_client_author, tickets.is_client_read, tickets.is_await_client, tickets.is_await_support,
  tickets.client_aliased_name, tickets.client_emails, tickets.splitted_from_ticket_number,
  tickets.close_reason, case when not coalesce(sum(octet_length(tickets.vote::text)) over (), 0) > 1048576 then tickets.vote end as vote, tickets.created_at, tickets.updated_at, tickets.closed_at, tickets.priority,
  tickets.tags, tickets.assignee_id, tickets.is_staff_read, tickets.waiting_since, tickets.first_response_at,
  tickets.resolved_at, tickets.due_at, tickets.first_response_due_at, tickets.resolution_due_at,
  tickets.merged_into_ticket_number, tickets.is_snoozed, tickets.snoozed_until, tickets.external_id,
  tickets.access_level, tickets.keystone_projects, tickets.notice_id, tickets.comment_count, tickets.comment_bytes,
  tickets.merged_at, tickets.merged_into_ticket_number is not null and tickets.before_merge is null as is_split_undone
,
        tickets.vote is not null and coalesce(sum(octet_length(tickets.vote::text)) over (), 0) > 1048576 as has_late_vote
      from (
  select number, updated_at
  from tickets
  where account_id = $11 and "topic_key" is null and true
  order by updated_at desc, number desc
  limit $12
  offset $13
) as keys
      join tickets on tickets.account_id = $14 and tickets.number = keys.number
      join statuses on statuses.key = tickets.status_key
    ) as page on true
    order by updated_at desc, number desc

--- desk/tickets/page.ts c967fb48d3 43fdb62e93 6201111b83 717212c4b5 919594981b b434ffe439 b5bea41b6c c660db8253 e892092937 ea627f6c99 f6719e638c
with counted as materialized (
      select tickets_open + tickets_closed as total,
        concat(coalesce((select max(epoch) from events where account_id = $1), 0), ' ', pg_current_snapshot())
          as moment,
        coalesce(case when $2::int is not null and not exists (
    select
    from (
      select epoch, xid
      from events
      where account_id = $3 and (epoch, xid) >= ($4::int, pg_snapshot_xmin($5::pg_snapshot))
      order by epoch, xid, id
      offset 0
    ) as later
    where epoch > $6::int or not pg_visible_in_snapshot(xid, $7::pg_snapshot)
  ) then $8::bigint else (select count(*) from tickets where account_id = $9 and ("topic_key" = $10::text or "topic_key" is null)) end, 0)
          as item_count
      from account_state
      where account_id = $11
    )
    select counted.item_count, counted.moment, page.*
    from counted
    left join lateral (
      select
  tickets.account_id, tickets.version, tickets.staff_version, tickets.has_reply, tickets.number, tickets.summary, statuses.name as status,
  tickets.status_key, tickets.type, tickets.topic_key, tickets.is_closed, tickets.is_resolved,
  tickets.is_client_author, tickets.is_client_read, tickets.is_await_client, tickets.is_await_support,
  tickets.client_aliased_name, tickets.client_emails, tickets.splitted_from_ticket_number,
  tickets.close_reason, case when not coalesce(sum(octet_length(tickets.vote::text)) over (), 0) > 1048576 then tickets.vote end as vote, tickets.created_at, tickets.updated_at, tickets.closed_at, tickets.priority,
  tickets.tags, tickets.assignee_id, tickets.is_staff_read, tickets.waiting_since, tickets.first_response_at,
  tickets.resolved_at, tickets.due_at, tickets.first_response_due_at, tickets.resolution_due_at,
  tickets.merged_into_ticket_number, tickets.is_snoozed, tickets.snoozed_until, tickets.external_id,
  tickets.access_level, tickets.keystone_projects, tickets.notice_id, tickets.comment_count, tickets.comment_bytes,
  tickets.merged_at, tickets.merged_into_ticket_number is not null and tickets.before_merge is null as is_split_undone
,
        tickets.vote is not null and coalesce(sum(octet_length(tickets.vote::text)) over (), 0) > 1048576 as has_late_vote
      from (
  select number, updated_at
  from tickets
  where account_id = $12 and ("topic_key" = $13::text or "topic_key" is null) and true
  order by updated_at desc, number desc
  limit $14
  offset $15
) as keys
      join tickets on tickets.account_id = $16 and tickets.number = keys.number
      join statuses on statuses.key = tickets.status_key
    ) as page on true
    order by updated_at desc, number desc

--- desk/tickets/page.ts c967fb48d3 43fdb62e93 6201111b83 b434ffe439 b5bea41b6c c660db8253 c979726ee7 e892092937 ea627f6c99 f6719e638c
with counted as materialized (
      select tickets_open + tickets_closed as total,
        concat(coalesce((select max(epoch) from events where account_id = $1), 0), ' ', pg_current_snapshot())
          as moment,
        coalesce(case when $2::int is not null and not exists (
    select
    from (
      select epoch, xid
      from events
      where account_id = $3 and (epoch, xid) >= ($4::int, pg_snapshot_xmin($5::pg_snapshot))
      order by epoch, xid, id
      offset 0
    ) as later
    where epoch > $6::int or not pg_visible_in_snapshot(xid, $7::pg_snapshot)
  ) then $8::bigint else (select count(*) from tickets where account_id = $9 and notice_id #>> '{}' = any($10::text[])) end, 0)
          as item_count
      from account_state
      where account_id = $11
    )
    select counted.item_count, counted.moment, page.*
    from counted
    left join lateral (
      select
  tickets.account_id, tickets.version, tickets.staff_version, tickets.has_reply, tickets.number, tickets.summary, statuses.name as status,
  tickets.status_key, tickets.type, tickets.topic_key, tickets.is_closed, tickets.is_resolved,
  tickets.is_client_author, tickets.is_client_read, tickets.is_await_client, tickets.is_await_support,
  tickets.client_aliased_name, tickets.client_emails, tickets.splitted_from_ticket_number,
  tickets.close_reason, case when not coalesce(sum(octet_length(tickets.vote::text)) over (), 0) > 1048576 then tickets.vote end as vote, tickets.created_at, tickets.updated_at, tickets.closed_at, tickets.priority,
  tickets.tags, tickets.assignee_id, tickets.is_staff_read, tickets.waiting_since, tickets.first_response_at,
  tickets.resolved_at, tickets.due_at, tickets.first_response_due_at, tickets.resolution_due_at,
  tickets.merged_into_ticket_number, tickets.is_snoozed, tickets.snoozed_until, tickets.external_id,
  tickets.access_level, tickets.keystone_projects, tickets.notice_id, tickets.comment_count, tickets.comment_bytes,
  tickets.merged_at, tickets.merged_into_ticket_number is not null and tickets.before_merge is null as is_split_undone
,
        tickets.vote is not null and coalesce(sum(octet_length(tickets.vote::text)) over (), 0) > 1048576 as has_late_vote
      from (
  select number, updated_at
  from tickets
  where account_id = $12 and notice_id #>> '{}' = any($13::text[]) and true
  order by number
  limit $14
  offset $15
) as keys
      join tickets on tickets.account_id = $16 and tickets.number = keys.number
      join statuses on statuses.key = tickets.status_key
    ) as page on true
    order by number

--- desk/tickets/page.ts c967fb48d3 43fdb62e93 6201111b83 b434ffe439 b5bea41b6c c660db8253 ded3c7830a e892092937 ea627f6c99 f6719e638c
with counted as materialized (
      select tickets_open + tickets_closed as total,
        concat(coalesce((select max(epoch) from events where account_id = $1), 0), ' ', pg_current_snapshot())
          as moment,
        coalesce(case when $2::int is not null and not exists (
    select
    from (
      select epoch, xid
      from events
      where account_id = $3 and (epoch, xid) >= ($4::int, pg_snapshot_xmin($5::pg_snapshot))
      order by epoch, xid, id
      offset 0
    ) as later
    where epoch > $6::int or not pg_visible_in_snapshot(xid, $7::pg_snapshot)
  ) then $8::bigint else (select count(*) from tickets where account_id = $9 and is_client_read) end, 0)
          as item_count
      from account_state
      where account_id = $10
    )
    select counted.item_count, counted.moment, page.*
    from counted
    left join lateral (
      select
  tickets.account_id, tickets.version, tickets.staff_version, tickets.has_reply, tickets.number, tickets.summary, statuses.name as status,
  tickets.status_key, tickets.type, tickets.topic_key, tickets.is_closed, tickets.is_resolved,
  tickets.is_client_author, tickets.is_client_read, tickets.is_await_client, tickets.is_await_support,
  tickets.client_aliased_name, tickets.client_emails, tickets.splitted_from_ticket_number,
  tickets.close_reason, case when not coalesce(sum(octet_length(tickets.vote::text)) over (), 0) > 1048576 then tickets.vote end as vote, tickets.created_at, tickets.updated_at, tickets.closed_at, tickets.priority,
  tickets.tags, tickets.assignee_id, tickets.is_staff_read, tickets.waiting_since, tickets.first_response_at,
  tickets.resolved_at, tickets.due_at, tickets.first_response_due_at, tickets.resolution_due_at,
  tickets.merged_into_ticket_number, tickets.is_snoozed, tickets.snoozed_until, tickets.external_id,
  tickets.access_level, tickets.keystone_projects, tickets.notice_id, tickets.comment_count, tickets.comment_bytes,
  tickets.merged_at, tickets.merged_into_ticket_number is not null and tickets.before_merge is null as is_split_undone
,
        tickets.vote is not null and coalesce(sum(octet_length(tickets.vote::text)) over (), 0) > 1048576 as has_late_vote
      from (
  select number, updated_at
  from tickets
  where account_id = $11 and is_client_read and true
  order by updated_at desc, number desc
  limit $12
  offset $13
) as keys
      join tickets on tickets.account_id = $14 and tickets.number = keys.number
      join statuses on statuses.key = tickets.status_key
    ) as page on true
    order by updated_at desc, number desc

--- desk/tickets/release.ts 0e1397675c
select account_id, number, topic_key, assignee_id
from tickets
where assignee_id = $1 and not is_closed and not is_resolved
order by account_id, number
for update

--- desk/tickets/release.ts 7f131900b2 b5cfcabc8d
select account_id, number, topic_key, assignee_id, disabled_at is not null as is_disabled
  from
unnest(
  $1::bigint[], $2::bigint[]
) as wanted (account_id, number)
  join tickets using (account_id, number)
  join staff on staff_id = assignee_id
  where not is_closed and not is_resolved
  order by account_id, number
  for share of staff

--- desk/tickets/restore.ts e6b2405db2 3b4a8c2d5a 3db5e5e6d7 6b86b273ff 84a71966f2
update tickets
  set
status_key = earlier.status_key,
is_closed = earlier.is_closed,
closed_at = earlier.closed_at,
close_reason = earlier.close_reason,
is_resolved = earlier.is_resolved,
resolved_at = earlier.resolved_at,
waiting_since = earlier.waiting_since,
vote = earlier.vote,
inactive_since = now(),
updated_at = greatest(now(), updated_at), version = version + 1
  from
jsonb_to_recordset(
  $1
) as earlier (
  account_id bigint, number bigint, status_key text, is_closed boolean, closed_at timestamptz, close_reason text,
  is_resolved boolean, resolved_at timestamptz, waiting_since timestamptz, vote jsonb
)
  where tickets.account_id = earlier.account_id and tickets.number = earlier.number

--- desk/tickets/retag.ts 82bada1891 15ee46ade4 a2441f43da
with chosen as (
  select account_id, number
  from tickets
  where tags @> array[$1] and tags <> '{}'
  order by account_id, number
  limit $2
  for update
)
update tickets
set tags = array(
      select one
      from unnest(array_remove(tags, $3) || $4::text) as one
      group by one
      order by one collate "C"
    ),
    staff_version = staff_version + 1
from chosen
where tickets.account_id = chosen.account_id and tickets.number = chosen.number

--- desk/tickets/snooze.ts 0c2b4221ff 09b1d82234 1956c59e11 d9a95e27d8 dcfa833580
with snoozed as (
  update tickets
  set is_snoozed = true, snoozed_until = until::timestamptz, staff_version = staff_version + 1
  from jsonb_to_recordset($1) as wanted (
    account_id bigint, number bigint, until text
  )
  where tickets.account_id = wanted.account_id and tickets.number = wanted.number
  returning tickets.account_id, tickets.number, jsonb_build_object('until', until) as data
)
insert into events (
  account_id, type, is_client_visible, ticket_number, comment_id, actor_kind, staff_id, token_id, user_id, data
)
select
  account_id, $2, $3, number, null::bigint,
  $4, $5::bigint, $6::bigint, $7, data
from (select * from snoozed order by account_id, number) as snoozed

--- desk/tickets/snooze.ts 4cbf6ba46f
select account_id, number
from tickets
where snoozed_until <= now()
order by account_id, number
limit $1
for update skip locked

--- desk/tickets/snooze.ts 5a4a2f37d0 1956c59e11 533a494ef3 b5cfcabc8d d9a95e27d8 dcfa833580
with back as (
    update tickets
    set is_snoozed = false, snoozed_until = null, staff_version = staff_version + 1
    from
unnest(
  $1::bigint[], $2::bigint[]
) as wanted (account_id, number)
    where tickets.account_id = wanted.account_id and tickets.number = wanted.number
    returning tickets.account_id, tickets.number, $3::jsonb as data
  )
  insert into events (
    account_id, type, is_client_visible, ticket_number, comment_id, actor_kind, staff_id, token_id, user_id, data
  )
  select
    account_id, $4, $5, number, null::bigint,
    $6, $7::bigint, $8::bigint, $9, data
  from (select * from back order by account_id, number) as back

--- desk/tickets/split.ts 46976a8f49 3b4a8c2d5a 6b86b273ff
update tickets
set updated_at = greatest(now(), updated_at), version = version + 1
where account_id = $1 and number = $2

--- desk/tickets/split.ts 8d81d2cf7d
select id, is_internal, is_client_author, is_client_read, sent_at, splitted_at
from comments
where comments.account_id = $1 and comments.ticket_number = $2
order by comments.id

--- desk/tickets/split.ts e0bacd5a83
update comments
set files = listed.files
from (
  select comment_id, jsonb_agg(
    jsonb_build_object(
      'uuid', uuid, 'name', name, 'size', size, 'extension', extension, 'content_type', content_type,
      'created_at', to_char(created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
    ) order by position
  ) as files
  from files
  where account_id = $1 and ticket_number = $2
  group by comment_id
) as listed
where comments.account_id = $3 and comments.id = listed.comment_id

--- desk/tickets/split.ts e4f3cce7e7 4df3f37557 779f7cc4df 9391de8f43 aa304b5d1d b6234d2ea0 c5ef827d73
with account as (
      update account_state
      set tickets_open = tickets_open + 1
      where account_id = $1
    ), ticket as (
      insert into tickets (
        account_id, summary, topic_key, type, client_aliased_name, client_emails, splitted_from_ticket_number,
        access_level, keystone_projects, notice_id, priority, tags, assignee_id, status_key, is_client_author,
        is_client_read, is_staff_read, has_reply, waiting_since, first_response_at
      )
      select
        account_id, $2, topic_key, type, client_aliased_name, client_emails, number,
        access_level, keystone_projects, notice_id, priority, tags, assignee_id,
        $3,
        $4,
        $5,
        is_staff_read,
        $6,
        $7,
        $8
      from tickets
      where account_id = $9 and number = $10
      returning number
    ), text as (
  insert into search_texts (account_id, number, comment_id, words)
  select account_id, number, comment_id,
  text.vector::tsvector || (
    select coalesce(array_to_tsvector(array_agg(prefix || '=' || stem)), '')
    from jsonb_to_recordset(text.stems) as part (prefixes text[], russian text[], english text[])
    cross join lateral (
  select stem from unnest(russian) as word, unnest(ts_lexize('russian_stem', word)) as stem where stem <> word
  union all
  select stem from unnest(english) as word, unnest(ts_lexize('english_stem', word)) as stem where stem <> word
) as stems
    cross join unnest(prefixes) as prefix
  ) || case when text.comment_id = 0
    then array_to_tsvector(array['#' || text.number, ':' || text.account_id || ':#' || text.number])
    else ''
  end
  from (
      select $11::bigint as account_id, number, 0::bigint as comment_id, vector, stems
      from ticket
      cross join jsonb_to_record($12) as given (vector text, stems jsonb)
    ) as text
)
    select number from ticket

--- desk/tickets/split.ts edc5ee1a15 2054c3ced7 7523cdb4b6 869bdbe03f
with chosen as (
    update comments
    set splitted_at = now(), splitted_to_ticket_number = $1
    where account_id = $2 and id = any($3)
    returning *
  ), numbered as (
    select chosen.*, nextval('comment_ids') as new_id
    from (select * from chosen order by id) as chosen
  ), copied_files as (
insert into files (
  account_id, blob, name, size, extension, content_type, sha256, ticket_number, comment_id, position,
  staff_id, token_id, created_at
)
select
  files.account_id, files.blob, files.name, files.size, files.extension, files.content_type, files.sha256,
  $4, copies.new_id, files.position, files.staff_id, files.token_id, files.created_at
from numbered as copies
join files on files.account_id = copies.account_id and files.comment_id = copies.id
  ), copied_texts as (
insert into search_texts (account_id, number, comment_id, words)
select $5, $6, copies.new_id, search_texts.words
from numbered as copies
join search_texts
  on search_texts.account_id = $7
  and search_texts.number = $8
  and search_texts.comment_id = copies.id
  )
  insert into comments (
    account_id, id, ticket_number, body, is_internal, is_client_author, is_client_read, author_name,
    ticket_version, staff_id, token_id, user_id, sent_at, vote, mentions, copied_from_id,
    redacted_at, redacted_by, redacted_files
  )
  select
    account_id, new_id, $9, body, is_internal, is_client_author, is_client_read, author_name,
    1, staff_id, token_id, user_id, sent_at, vote, mentions, id, redacted_at, redacted_by, redacted_files
  from numbered

--- desk/tickets/touch.ts d8ca9412f2 3b4a8c2d5a 6b86b273ff
update tickets
set updated_at = greatest(now(), updated_at), version = version + 1
where account_id = $1 and number = any($2::bigint[])

--- desk/tickets/touch.ts d8ca9412f2 6908db2f4c
update tickets
set staff_version = staff_version + 1
where account_id = $1 and number = any($2::bigint[])

--- desk/tickets/unmerge.ts 14837bca1b
update tickets
set merged_into_ticket_number = null, merged_at = null, before_merge = null
where account_id = $1 and number = any($2::bigint[])

--- desk/tickets/unmerge.ts 1a80d08b76 199bc9c7ff 3b4a8c2d5a 3db5e5e6d7 84a71966f2 e9d7b124ba
update tickets
    set
  status_key = earlier.status_key,
  is_closed = earlier.is_closed,
  closed_at = earlier.closed_at,
  close_reason = earlier.close_reason,
  is_resolved = earlier.is_resolved,
  resolved_at = earlier.resolved_at,
  waiting_since = earlier.waiting_since,
  vote = earlier.vote,
  inactive_since = now(),
  updated_at = greatest(now(), updated_at), version = version + facts.changes
,
        has_reply = facts.has_reply, is_staff_read = facts.is_staff_read, is_client_read = not exists (
  select from comments
  where comments.account_id = tickets.account_id and comments.ticket_number = tickets.number and not comments.is_client_read
)
    from
  jsonb_to_recordset(
    $1
  ) as earlier (
    account_id bigint, number bigint, status_key text, is_closed boolean, closed_at timestamptz, close_reason text,
    is_resolved boolean, resolved_at timestamptz, waiting_since timestamptz, vote jsonb
  )
    join jsonb_to_recordset($2) as facts (
      number bigint, changes int, is_staff_read boolean, has_reply boolean
    ) on facts.number = earlier.number
    where tickets.account_id = earlier.account_id and tickets.number = earlier.number

--- desk/tickets/unmerge.ts a3330b330c 3b1d4b9aa5 3c482346f3 6b2f6433d5
with recursive sources as (
    select number as source, version, number
    from jsonb_to_recordset($1) as given (number bigint, version int)
    union all
    select sources.source, sources.version, tickets.number
    from sources
    join tickets on account_id = $2 and merged_into_ticket_number = sources.number
  ), coming as (
    select comments.id, comments.ticket_number, sources.source, sources.version
    from sources
    join comments on account_id = $3 and merged_from_ticket_number = sources.number
    where not exists (
      select from sources as own where own.source = sources.source and own.number = comments.ticket_number
    )
  ), back as (
    update comments
    set ticket_number = coming.source,
        ticket_version = case when comments.merged_from_ticket_number = coming.source then merged_from_version else coming.version + 1 end,
        merged_from_version = case when comments.merged_from_ticket_number = coming.source then null else merged_from_version end,
        merged_from_ticket_number = nullif(merged_from_ticket_number, coming.source)
    from coming
    where comments.account_id = $4 and comments.id = coming.id
    returning comments.id, comments.ticket_number
  ), back_files as (
update files
set ticket_number = moved.ticket_number
from back as moved
where files.account_id = $5 and files.comment_id = moved.id
  ), back_votes as (
    update votes
    set ticket_number = back.ticket_number
    from back
    where votes.account_id = $6 and votes.comment_id = back.id
  )
  select distinct ticket_number from coming

--- desk/tickets/unmerge.ts ade04a632e
select number
from unnest($1::bigint[]) as number
where exists (
  select from comments
  where account_id = $2 and ticket_number = number and not is_client_author and not is_internal
)

--- desk/tickets/unsplit.ts 06dececf3a 4df7bcbf81 6333e52f5b
with copies as (
  select *
  from comments
  where account_id = $1
    and ticket_number = $2
    and copied_from_id is not null
    and merged_from_ticket_number is null
),
    originals as (
      update comments
      set splitted_at = null,
          splitted_to_ticket_number = null,
          is_client_read = comments.is_client_read or copies.is_client_read,
          vote = case
            when
  num_nulls(comments.vote, copies.vote) = 1
  and (coalesce(comments.vote, copies.vote) ->> 'created_at')::timestamptz <= comments.splitted_at
 then null
            when copies.vote ->> 'created_at' > coalesce(comments.vote ->> 'created_at', '') then copies.vote
            else comments.vote
          end
      from copies
      where comments.account_id = copies.account_id and comments.id = copies.copied_from_id
    ), given as (
      update votes
      set ticket_number = $3, comment_id = copies.copied_from_id
      from copies
      where votes.account_id = copies.account_id and votes.comment_id = copies.id
    ), deleted as (
      update votes
      set deleted_at = now()
      from copies
      join comments on comments.account_id = copies.account_id and comments.id = copies.copied_from_id
      where votes.account_id = comments.account_id
        and votes.comment_id = comments.id
        and votes.deleted_at is null
        and
  num_nulls(comments.vote, copies.vote) = 1
  and (coalesce(comments.vote, copies.vote) ->> 'created_at')::timestamptz <= comments.splitted_at
    )
    update comments
    set splitted_at = now(), splitted_to_ticket_number = $4, is_client_read = true
    from copies
    where comments.account_id = copies.account_id and comments.id = copies.id

--- desk/tickets/unsplit.ts 370e574aa8 4df7bcbf81
select count(*) > (select count(*) from (
  select *
  from comments
  where account_id = $1
    and ticket_number = $2
    and copied_from_id is not null
    and merged_from_ticket_number is null
) as copies) as has_grown
    from comments
    where account_id = $3 and ticket_number = $4

--- desk/tickets/withdraw.ts 2045b0ccca 3b4a8c2d5a d0b4ba2311
update tickets
set updated_at = greatest(now(), updated_at), version = version + changes
from (
  select number, count(*)::int as changes
  from unnest($1::bigint[]) as number
  group by number
) as changed
where tickets.account_id = $2 and tickets.number = changed.number
