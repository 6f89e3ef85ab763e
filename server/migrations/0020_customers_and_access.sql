-- Finding customers: the words of each account (user_id '') and of each person of it that single sign-on has named. They
-- stand beside the words of tickets, so that renaming an account changes one row, however many tickets it has.
create table account_search (
  account_id bigint not null,
  user_id text not null default '',
  words tsvector not null,
  primary key (account_id, user_id)
);
create index account_search_words on account_search using gin (words);

-- As near as SQL comes to the words of platform/text/words.ts; each row is made anew when its account or person changes.
insert into account_search (account_id, user_id, words)
select account_id, user_id, array_to_tsvector(array_remove(
  regexp_split_to_array(text, '\s+')
    || regexp_split_to_array(text, '[\s@._:/\\-]+')
    || array[split_part(email, '@', 2)],
  ''
))
from (
  select account_id, '' as user_id, lower(email) as email,
    replace(lower(concat_ws(' ', external_id, name, email)), 'ё', 'е') as text
  from accounts
  union all
  select account_id, user_id, lower(email), replace(lower(concat_ws(' ', name, email)), 'ё', 'е')
  from contacts
) as named;

create index comments_user on comments (account_id, user_id, ticket_number) where user_id is not null;

alter table tickets
  add column external_id text check (char_length(external_id) between 1 and 200), -- the host's own name for it
  -- Who among the people of the account sees it; the fields are those of later revisions of the given API.
  add column access_level text not null default 'account_users'
    check (access_level in ('account_users', 'project_users', 'all_users')),
  add column keystone_projects text[] not null default '{}' check (cardinality(keystone_projects) <= 1),
  add column notice_id jsonb check (jsonb_typeof(notice_id) in ('string', 'number')),
  add check (access_level <> 'project_users' or cardinality(keystone_projects) = 1);
create unique index tickets_external_id_key on tickets (external_id, account_id) where external_id is not null;

alter table contacts add column projects text[] not null default '{}';
