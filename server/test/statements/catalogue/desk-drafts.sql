-- Every statement of this folder as PostgreSQL gets it, each with the hash of its template and of the templates
-- within it. Written by "npm run statements"; server/test/statements.test.ts holds code and database against it.

--- desk/drafts/drafts.ts 7aee042963 ac66c028a9
delete from drafts
where drafts.account_id = $1 and drafts.ticket_number = $2 and drafts.staff_id = $3
  and is_internal = $4
  and ($5::timestamptz is null or updated_at <= $6::timestamptz)

--- desk/drafts/drafts.ts 7e7be9d07f 05fe2dba8f 8792585666
insert into drafts (account_id, ticket_number, staff_id, body, is_internal, files, created_at, updated_at)
    values (
      $1, $2, $3, $4, $5, $6,
      clock_timestamp(), clock_timestamp()
    )
    on conflict (account_id, ticket_number, staff_id) do update
    set body = case when drafts.updated_at > $7::timestamptz and drafts.body <> excluded.body then excluded.body || E'\n\n' || drafts.body else excluded.body end,
        is_internal = excluded.is_internal or (drafts.updated_at > $8::timestamptz and drafts.body <> excluded.body and drafts.is_internal),
        files = case when drafts.updated_at > $9::timestamptz and drafts.body <> excluded.body then excluded.files || (
  select coalesce(jsonb_agg(file), '[]')
  from jsonb_array_elements(drafts.files) as file
  where not excluded.files @> jsonb_build_array(file)
) else excluded.files end,
        updated_at = excluded.updated_at

--- desk/drafts/drafts.ts 839cbad2d6 ac66c028a9 c1066bae22
select
 jsonb_build_object(
   'staff_id', staff_id, 'staff_name', staff.name, 'body', body, 'is_internal', is_internal, 'files', files,
   'created_at', to_char(drafts.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'updated_at', to_char(drafts.updated_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
 )
as draft
   from drafts
   join staff using (staff_id)
   where drafts.account_id = $1 and drafts.ticket_number = $2 and drafts.staff_id = $3

--- desk/drafts/drafts.ts bfc9447f8e
insert into drafts (
  account_id, ticket_number, staff_id, body, is_internal, files, created_at, updated_at
)
values (
  $1, $2, $3, $4, $5, $6,
  clock_timestamp(), clock_timestamp()
)
on conflict (account_id, ticket_number, staff_id) do update
set body = excluded.body, is_internal = excluded.is_internal, files = excluded.files,
    updated_at = excluded.updated_at
returning xmax = 0 as is_new

--- desk/drafts/drafts.ts e769e79af0 ac66c028a9
delete from drafts where drafts.account_id = $1 and drafts.ticket_number = $2 and drafts.staff_id = $3

--- desk/drafts/redact.ts d9a7ab374e 6e93a0c4d1 915323ad99
update drafts set files = (
  select coalesce(jsonb_agg(file order by position), '[]')
  from jsonb_array_elements(files) with ordinality as listed (file, position)
  where file ->> 'uuid' <> $1
) where files @> $2::jsonb
