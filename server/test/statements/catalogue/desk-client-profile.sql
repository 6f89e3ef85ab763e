-- Every statement of this folder as PostgreSQL gets it, each with the hash of its template and of the templates
-- within it. Written by "npm run statements"; server/test/statements.test.ts holds code and database against it.

--- desk/client-profile/client-profile.ts 9004b21d7a
select
  jsonb_build_object(
    'id', accounts.account_id, 'external_id', external_id, 'name', accounts.name, 'locale', accounts.locale
  ) as account,
  case when user_id is not null then jsonb_build_object(
    'id', user_id, 'name', contacts.name, 'email', contacts.email,
    'locale', coalesce(contacts.locale, accounts.locale)
  ) end as "user"
from accounts
left join contacts on contacts.account_id = accounts.account_id and user_id = $1
where accounts.account_id = $2

--- desk/client-profile/first-response.ts c040fbc0ec
select case when count(*) >= $1 then
  ceil(percentile_cont(0.5) within group (order by seconds) / 60)::int
end as minutes
from (
  select extract(epoch from first_response_at - created_at)::float8 as seconds
  from tickets
  where updated_at >= now() - interval '30 days' -- has an index; a first response moves it
    and first_response_at >= now() - interval '30 days'
    and first_response_at >= created_at -- a split may take along an earlier reply
  order by updated_at desc, number desc
  limit 10000
) as responses
