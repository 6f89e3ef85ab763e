-- Every statement of this folder as PostgreSQL gets it, each with the hash of its template and of the templates
-- within it. Written by "npm run statements"; server/test/statements.test.ts holds code and database against it.

--- desk/canned-responses/canned-responses.ts 23bcbd250d b5cfcabc8d
select number, contacts.name
  from
unnest(
  $1::bigint[], $2::bigint[]
) as wanted (account_id, number)
  cross join lateral (
    select user_id
    from comments
    where comments.account_id = wanted.account_id and ticket_number = wanted.number and is_client_author
    order by id desc
    limit 1
  ) as last_comment
  join contacts on contacts.account_id = wanted.account_id and contacts.user_id = last_comment.user_id

--- desk/canned-responses/canned-responses.ts 5af66e6641
delete from canned_responses where canned_response_id = $1

--- desk/canned-responses/canned-responses.ts 92a26f341b 5a14e07422
insert into canned_responses (staff_id, title, shortcut, bodies, topic_key)
  select $1::bigint, $2, $3, $4, $5
  where (
    select count(*) < $6 and coalesce(sum(octet_length(bodies::text)), 0) + $7 <= $8
    from canned_responses
    where staff_id is not distinct from $9::bigint
  )
  returning
canned_response_id, title, shortcut, bodies, topic_key, staff_id is null as is_shared, use_count, last_used_at,
created_at, updated_at

--- desk/canned-responses/canned-responses.ts 990843ea72 3eb64b2e77 5a14e07422
select
canned_response_id, title, shortcut, bodies, topic_key, staff_id is null as is_shared, use_count, last_used_at,
created_at, updated_at
  from canned_responses
  where ("canned_responses"."staff_id" is null or "canned_responses"."staff_id" = $1)
  order by title, canned_response_id

--- desk/canned-responses/canned-responses.ts a4cd38f512 5a14e07422
update canned_responses
  set title = $1, shortcut = $2, bodies = $3, topic_key = $4,
      updated_at = now()
  where canned_response_id = $5
    and (
      select coalesce(sum(octet_length(others.bodies::text)), 0) + $6 <= $7
      from canned_responses as others
      where others.staff_id is not distinct from canned_responses.staff_id
        and others.canned_response_id <> canned_responses.canned_response_id
    )
  returning
canned_response_id, title, shortcut, bodies, topic_key, staff_id is null as is_shared, use_count, last_used_at,
created_at, updated_at

--- desk/canned-responses/canned-responses.ts a7e3118ca7
update canned_responses
set use_count = use_count + $1, last_used_at = now()
where canned_response_id = $2

--- desk/canned-responses/canned-responses.ts c262beb153 3eb64b2e77 5a14e07422 a0d008ab8f
select
canned_response_id, title, shortcut, bodies, topic_key, staff_id is null as is_shared, use_count, last_used_at,
created_at, updated_at
  from canned_responses
  where canned_response_id = $1 and ("canned_responses"."staff_id" is null or "canned_responses"."staff_id" = $2)
  for update
