-- Every statement of this folder as PostgreSQL gets it, each with the hash of its template and of the templates
-- within it. Written by "npm run statements"; server/test/statements.test.ts holds code and database against it.

--- desk/erasure/account.ts 059779f512
select number
from (
  select number, sum(comment_count) over (order by number) - comment_count as before
  from (
    select number, comment_count
    from tickets
    where account_id = $1
    order by number
    limit $2
  ) as next
) as counted
where before < $3

--- desk/erasure/account.ts 31d78990f4 6b86b273ff
delete from "bulk_tickets"
where account_id = $1 and "number" = any($2::bigint[])
returning 1

--- desk/erasure/account.ts 31d78990f4 6b86b273ff
delete from "comments"
where account_id = $1 and "ticket_number" = any($2::bigint[])
returning 1

--- desk/erasure/account.ts 31d78990f4 6b86b273ff
delete from "delayed_replies"
where account_id = $1 and "ticket_number" = any($2::bigint[])
returning 1

--- desk/erasure/account.ts 31d78990f4 6b86b273ff
delete from "drafts"
where account_id = $1 and "ticket_number" = any($2::bigint[])
returning 1

--- desk/erasure/account.ts 31d78990f4 6b86b273ff
delete from "events"
where account_id = $1 and "ticket_number" = any($2::bigint[])
returning 1

--- desk/erasure/account.ts 31d78990f4 6b86b273ff
delete from "mentions"
where account_id = $1 and "ticket_number" = any($2::bigint[])
returning 1

--- desk/erasure/account.ts 31d78990f4 6b86b273ff
delete from "notifications"
where account_id = $1 and "ticket_number" = any($2::bigint[])
returning 1

--- desk/erasure/account.ts 31d78990f4 6b86b273ff
delete from "presence"
where account_id = $1 and "ticket_number" = any($2::bigint[])
returning 1

--- desk/erasure/account.ts 31d78990f4 6b86b273ff
delete from "reminders"
where account_id = $1 and "ticket_number" = any($2::bigint[])
returning 1

--- desk/erasure/account.ts 31d78990f4 6b86b273ff
delete from "search_texts"
where account_id = $1 and "number" = any($2::bigint[])
returning 1

--- desk/erasure/account.ts 31d78990f4 6b86b273ff
delete from "set_aside_events"
where account_id = $1 and "ticket_number" = any($2::bigint[])
returning 1

--- desk/erasure/account.ts 31d78990f4 6b86b273ff
delete from "sla_alerts"
where account_id = $1 and "ticket_number" = any($2::bigint[])
returning 1

--- desk/erasure/account.ts 31d78990f4 6b86b273ff
delete from "tickets"
where account_id = $1 and "number" = any($2::bigint[])
returning 1

--- desk/erasure/account.ts 31d78990f4 6b86b273ff
delete from "votes"
where account_id = $1 and "ticket_number" = any($2::bigint[])
returning 1

--- desk/erasure/account.ts 31d78990f4 fa2c8cc4f2
delete from "files"
where account_id = $1 and "ticket_number" = any($2::bigint[])
returning blob

--- desk/erasure/account.ts 6bc6c627ce
delete from files where account_id = $1 returning blob

--- desk/erasure/account.ts 78a07d3013
delete from events
using (
  select epoch, xid, id from events where account_id = $1 limit $2
) as chosen
where events.account_id = $3
  and events.epoch = chosen.epoch
  and events.xid = chosen.xid
  and events.id = chosen.id

--- desk/erasure/moved-away.ts f1c41e99bc 77a40b64d0 bc7ff4dfd3
update events
set data = replace(events.data::text, $1, '')::jsonb
from (
  select distinct tickets.account_id, tickets.number
  from events as gone
  join tickets on tickets.number = gone.ticket_number
  where gone.account_id = $2 and "gone"."type" = $3
) as elsewhere
where events.account_id = elsewhere.account_id
  and events.ticket_number = elsewhere.number
  and "events"."type" = $4
  and events.data -> 'from_account_id' = to_jsonb($5::bigint)

--- desk/erasure/moved-away.ts f1c41e99bc bc7ff4dfd3 e1eee4bd0d
update events
set data = replace(events.data::text, $1, ': null')::jsonb
from (
  select distinct tickets.account_id, tickets.number
  from events as gone
  join tickets on tickets.number = gone.ticket_number
  where gone.account_id = $2 and "gone"."type" = $3
) as elsewhere
where events.account_id = elsewhere.account_id
  and events.ticket_number = elsewhere.number
  and "events"."type" = $4
  and events.data -> 'from_account_id' = to_jsonb($5::bigint)

--- desk/erasure/moved-away.ts f1c41e99bc bc7ff4dfd3 fd5449065d
update events
set data = events.data - 'people'
from (
  select distinct tickets.account_id, tickets.number
  from events as gone
  join tickets on tickets.number = gone.ticket_number
  where gone.account_id = $1 and "gone"."type" = $2
) as elsewhere
where events.account_id = elsewhere.account_id
  and events.ticket_number = elsewhere.number
  and "events"."type" = $3
  and events.data -> 'from_account_id' = to_jsonb($4::bigint)

--- desk/erasure/person.ts 0c844f252f
update events
set data = replace(data::text, $1, '')::jsonb
where account_id = $2 and strpos(data::text, $3) > 0

--- desk/erasure/person.ts 1872aa74a9
update comments
set user_id = null, author_name = null
where account_id = $1 and id = any($2::bigint[])

--- desk/erasure/person.ts 33011a6504 3b4a8c2d5a 6b86b273ff
update tickets
set summary = $1, updated_at = greatest(now(), updated_at), version = version + 1
where account_id = $2 and number = any($3::bigint[])

--- desk/erasure/person.ts 426f045361
update tickets
set before_merge = replace(before_merge::text, $1, '')::jsonb
where account_id = $2 and before_merge is not null and strpos(before_merge::text, $3) > 0

--- desk/erasure/person.ts 575812148a
update events
set user_id = null, data = null
where account_id = $1 and id = any($2::bigint[])

--- desk/erasure/person.ts 5c880603cf
update comments
set vote = jsonb_set(vote, '{comment}', to_jsonb($1::text))
where account_id = $2
  and vote ->> 'comment' is not null
  and (vote ->> 'created_at')::timestamptz = any($3::timestamptz[])

--- desk/erasure/person.ts 5f7dce6f40 73f9252321
update votes
set comment = $1
from
jsonb_to_recordset($2) as given (ticket_number bigint, created_at timestamptz)
where votes.account_id = $3
  and votes.ticket_number = given.ticket_number
  and votes.created_at = given.created_at
  and comment is not null

--- desk/erasure/person.ts 60550691e8 3b4a8c2d5a 6b86b273ff
update tickets
set vote = jsonb_set(vote, '{comment}', to_jsonb($1::text)), updated_at = greatest(now(), updated_at), version = version + 1
where account_id = $2
  and number = any($3::bigint[])
  and vote ->> 'comment' is not null

--- desk/erasure/person.ts 707e166c85 bc7ff4dfd3
update events
set data = (data #- '{before,summary}') #- '{after,summary}'
where account_id = $1 and ticket_number = any($2::bigint[]) and "events"."type" = $3

--- desk/erasure/person.ts 74218bc56c
select account_id, user_id, name, email
from contacts
where account_id = $1 and user_id = $2
for update

--- desk/erasure/person.ts 8b9bda89f7
update comments
set author_name = null
where account_id = $1 and is_client_author and author_name = $2

--- desk/erasure/person.ts a019c95f0a 3b4a8c2d5a 6b86b273ff
update tickets
set client_aliased_name = nullif(client_aliased_name, $1),
    client_emails = array_remove(client_emails, lower($2)),
    updated_at = greatest(now(), updated_at), version = version + 1
where account_id = $3
  and (client_aliased_name = $4 or client_emails @> array[lower($5)])
returning number

--- desk/erasure/person.ts af417f3668
select id, type, ticket_number, created_at
from events
where account_id = $1 and user_id = $2
order by id
limit $3

--- desk/erasure/person.ts c43c55cb50 4609326857
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
  from comments
  where account_id = $1 and user_id = $2
  order by id
  limit $3

--- desk/erasure/request.ts 1467880419
select erasure_id, kind, account_id, user_id, staff_id, requested_at, finished_at, removed
from erasures
where erasure_id = $1

--- desk/erasure/request.ts 3b47745cf0
insert into erasures (account_id, kind, user_id, staff_id)
values ($1, $2, $3, $4)
on conflict do nothing
returning *

--- desk/erasure/request.ts 9c8c9cfa1d
update erasures
set removed = $1
where erasure_id = $2

--- desk/erasure/request.ts bbdda3332c
select from contacts where account_id = $1 and user_id = $2

--- desk/erasure/run.ts 0991c5023d
select *
from erasures
where finished_at is null and erasure_id <> all($1::bigint[])
order by erasure_id
limit 1
for update skip locked

--- desk/erasure/run.ts eeb5943478 28a4dae046
update erasures
set removed = $1,
    finished_at = now(),
    user_id = $2
where erasure_id = $3

--- desk/erasure/run.ts eeb5943478 74234e98af
update erasures
set removed = $1,
    finished_at = null,
    user_id = $2
where erasure_id = $3

--- desk/erasure/run.ts feb9a048ed
select blob
from unnest($1::uuid[]) as gone (blob)
where not exists (select from files where files.blob = gone.blob)
