-- Tickets with their comments, votes and files, and the search index over them.

create table topics (
  key text primary key,
  name jsonb not null,
  position int not null default 0,
  assignee_ids bigint[] not null default '{}' check (cardinality(assignee_ids) <= 50), -- who gets its tickets in turn
  archived_at timestamptz(3),
  created_at timestamptz(3) not null default now()
);

create table statuses (
  key text primary key,
  name jsonb not null,
  position int not null
);
insert into statuses (key, name, position) values
  ('new', '{"en": "Open", "ru": "Открыт"}', 1),
  ('in_progress', '{"en": "In progress", "ru": "В работе"}', 2),
  ('await_client', '{"en": "Awaiting your answer", "ru": "Ожидает вашего ответа"}', 3),
  ('resolved', '{"en": "Resolved", "ru": "Решён"}', 4),
  ('closed', '{"en": "Closed", "ru": "Закрыт"}', 5);

-- One row per account, written in the transaction of every change that it counts: the exact totals of lists, and what
-- the account has used of its rate limits. Its lock makes both exact. The free space on its pages is for in-place (HOT)
-- updates.
create table account_state (
  account_id bigint primary key,
  tickets_open bigint not null default 0 check (tickets_open >= 0),
  tickets_closed bigint not null default 0 check (tickets_closed >= 0),
  tickets_since timestamptz not null default '-infinity',
  tickets_used int not null default 0,
  comments_since timestamptz not null default '-infinity',
  comments_used int not null default 0,
  uploads_since timestamptz not null default '-infinity',
  uploads_used int not null default 0,
  begun_uploads_since timestamptz not null default '-infinity', -- as in staff_state
  begun_uploads_used int not null default 0,
  reads_since timestamptz not null default '-infinity',
  reads_used int not null default 0,
  votes_since timestamptz not null default '-infinity',
  votes_used int not null default 0,
  changes_since timestamptz not null default '-infinity',
  changes_used int not null default 0
) with (fillfactor = 25);

create sequence ticket_numbers start 100001;

-- No foreign keys to topics and statuses: every insert would lock the same row there, and concurrent inserts would turn
-- that lock into multixacts. Neither is ever deleted.
create table tickets (
  account_id bigint not null,
  number bigint not null default nextval('ticket_numbers'),
  external_id text check (char_length(external_id) between 1 and 200), -- the host's own name for it
  summary text not null check (char_length(summary) between 1 and 255),
  topic_key text,
  type text,
  client_aliased_name text,
  client_emails text[] not null default '{}' check (cardinality(client_emails) <= 10),

  -- Who of the account sees it. These are fields of later revisions of the given API.
  access_level text not null default 'account_users'
    check (access_level in ('account_users', 'project_users', 'all_users')),
  keystone_projects text[] not null default '{}' check (cardinality(keystone_projects) <= 1),
  notice_id jsonb check (jsonb_typeof(notice_id) in ('string', 'number')),

  status_key text not null default 'new'
    check (status_key in ('new', 'in_progress', 'await_client', 'resolved', 'closed')),
  is_closed boolean not null default false,
  is_resolved boolean not null default false,
  is_await_client boolean not null generated always as (not is_closed and status_key = 'await_client') stored,
  is_await_support boolean not null
    generated always as (not is_closed and status_key in ('new', 'in_progress')) stored,
  is_client_author boolean not null,
  has_reply boolean not null default false,
  is_client_read boolean not null default true,
  is_staff_read boolean not null default true,
  close_reason text,
  vote jsonb,

  -- Staff work by these. Clients do not see them.
  priority text not null default 'normal' check (priority in ('low', 'normal', 'high', 'urgent')),
  tags text[] not null default '{}' check (cardinality(tags) <= 20),
  assignee_id bigint,
  is_snoozed boolean not null default false,
  snoozed_until timestamptz(3), -- null: until the client writes

  splitted_from_ticket_number bigint,
  merged_into_ticket_number bigint,
  merged_at timestamptz(3),
  before_merge jsonb, -- the states of both tickets, which unmerging restores; null after a split was undone

  -- Limits of a ticket, internal notes included: adding a comment does not count the others.
  comment_count int not null default 0 check (comment_count >= 0),
  comment_bytes bigint not null default 0 check (comment_bytes >= 0),

  version bigint not null default 1,
  staff_version bigint not null default 1, -- moves with what only staff see
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now(),
  resolved_at timestamptz(3),
  closed_at timestamptz(3),
  waiting_since timestamptz(3), -- null unless it is support's turn
  -- Since when nobody has written and the state has stayed. Inactivity rules count from it: what staff edit (topic,
  -- type, summary) moves updated_at, but not this.
  inactive_since timestamptz(3) not null default now(),
  first_response_at timestamptz(3), -- of a ticket that a client opened
  first_response_due_at timestamptz(3),
  resolution_due_at timestamptz(3),
  -- The SLA target that is due next. It pauses while support waits for the client.
  due_at timestamptz(3) generated always as (
    case when status_key in ('new', 'in_progress') then
      least(case when first_response_at is null then first_response_due_at end, resolution_due_at)
    end
  ) stored,

  primary key (account_id, number),
  check (is_closed = (closed_at is not null)),
  check (is_closed = (status_key = 'closed')),
  check (is_closed or is_resolved = (status_key = 'resolved')),
  check (vote is null or has_reply and (is_resolved or is_closed)),
  check ((waiting_since is not null) = is_await_support),
  check ((resolved_at is not null) = is_resolved),
  check ((merged_at is null) = (merged_into_ticket_number is null)),
  check (merged_into_ticket_number is null or is_closed),
  check (is_snoozed or snoozed_until is null),
  check (not (is_snoozed and is_closed)),
  check (access_level <> 'project_users' or cardinality(keystone_projects) = 1)
) with (fillfactor = 90);

create unique index tickets_external_id_key on tickets (external_id, account_id) where external_id is not null;
create index tickets_number on tickets (number);
create index tickets_merged on tickets (account_id, merged_into_ticket_number)
  where merged_into_ticket_number is not null;

-- The lists of a client.
create index tickets_updated on tickets (account_id, updated_at desc, number desc);
create index tickets_updated_by_state on tickets (account_id, is_closed, updated_at desc, number desc);

-- The queue is read over all accounts. Its open tickets, with most filters, are read from the index alone.
create index tickets_queue on tickets (updated_at desc, number desc);
create index tickets_queue_open on tickets (updated_at desc, number desc)
  include (account_id, status_key, topic_key, assignee_id, priority, is_staff_read, is_snoozed)
  where not is_closed;
create index tickets_queue_snoozed on tickets (updated_at desc, number desc) where is_snoozed;
create index tickets_queue_waiting on tickets (waiting_since, number) where waiting_since is not null;
create index tickets_queue_due on tickets (due_at, number) where due_at is not null;
create index tickets_queue_topic on tickets (topic_key, updated_at desc, number desc);
create index tickets_queue_assignee on tickets (assignee_id, updated_at desc, number desc)
  where assignee_id is not null;
create index tickets_queue_score on tickets (((vote ->> 'score')::int)) where vote is not null;
create index tickets_queue_tags on tickets using gin (tags) where tags <> '{}';
-- By number after the priority, not by updated_at: only a change of the priority moves a ticket in these.
create index tickets_queue_priority
  on tickets (array_position('{low,normal,high,urgent}'::text[], priority), number);
create index tickets_queue_priority_open
  on tickets (array_position('{low,normal,high,urgent}'::text[], priority), number)
  where not is_closed;

-- Jobs: waking snoozed tickets, inactivity rules.
create index tickets_snoozed_until on tickets (snoozed_until) where snoozed_until is not null;
create index tickets_inactive on tickets (inactive_since)
  where not is_closed and status_key in ('await_client', 'resolved');

-- Reports read a span of time. Rows lie in the order of their times, so BRIN is enough, and it costs writers nothing.
create index tickets_created on tickets using brin (created_at);

create sequence comment_ids start 500001;

create table comments (
  account_id bigint not null,
  id bigint not null default nextval('comment_ids'),
  ticket_number bigint not null,
  ticket_version bigint not null, -- of the ticket once it had this comment: a 412 shows it
  body text not null check (char_length(body) between 1 and 50000),
  files jsonb not null default '[]',
  mentions bigint[] not null default '{}' check (cardinality(mentions) <= 20),
  is_internal boolean not null default false,
  is_client_author boolean not null,
  is_client_read boolean not null,
  author_name text,
  user_id text,
  staff_id bigint,
  token_id bigint,
  vote jsonb,
  sent_at timestamptz(3) not null default now(),

  splitted_at timestamptz(3),
  splitted_to_ticket_number bigint,
  copied_from_id bigint, -- of a copy that a split made: the original comment
  merged_from_ticket_number bigint, -- the source of the merge that moved it here
  merged_from_version bigint, -- its ticket_version there

  redacted_at timestamptz(3),
  redacted_by text,
  redacted_files jsonb not null default '[]',

  primary key (account_id, id),
  foreign key (account_id, ticket_number) references tickets,
  check ((splitted_at is null) = (splitted_to_ticket_number is null)),
  check (not (is_internal and is_client_author)),
  check (vote is null or not is_client_author),
  check ((merged_from_ticket_number is null) = (merged_from_version is null)),
  constraint comments_redacted_check check ((redacted_at is null) = (redacted_by is null))
);
create index comments_ticket on comments (account_id, ticket_number, id);
create index comments_with_files on comments (account_id, ticket_number) where files <> '[]';
create index comments_user on comments (account_id, user_id, ticket_number) where user_id is not null;
-- Which tickets a split or a merge has linked is read with each ticket that staff see: few comments are linked.
create index comments_linked on comments (account_id, ticket_number)
  where splitted_to_ticket_number is not null or copied_from_id is not null or merged_from_ticket_number is not null;
create index comments_copied on comments (account_id, copied_from_id) where copied_from_id is not null; -- redaction follows copies
create index comments_merged on comments (account_id, merged_from_ticket_number)
  where merged_from_ticket_number is not null;
create index comments_sent on comments using brin (sent_at); -- as tickets_created

create sequence vote_ids;

-- Every vote that was given; the current one also stands in `vote` of its ticket or comment.
create table votes (
  account_id bigint not null,
  id bigint not null default nextval('vote_ids'),
  ticket_number bigint not null,
  comment_id bigint,
  score int check (case when comment_id is null then score between 1 and 10 else score in (1, -1) end),
  comment text,
  token_id bigint,
  created_at timestamptz(3) not null default now(),
  primary key (account_id, id),
  foreign key (account_id, ticket_number) references tickets,
  check (score is not null or comment is not null)
);
create index votes_ticket on votes (account_id, ticket_number);
create index votes_created on votes using brin (created_at); -- as tickets_created

-- account_id is 0 for a file that staff have uploaded and not sent yet. `blob` names the stored bytes: the copies that a
-- split makes share them.
create table files (
  account_id bigint not null,
  uuid uuid not null default gen_random_uuid(),
  blob uuid not null,
  name text not null,
  size bigint not null check (size > 0),
  extension text not null,
  content_type text not null,
  sha256 bytea not null,
  ticket_number bigint,
  comment_id bigint,
  position int not null default 0, -- among the files of its comment
  staff_id bigint,
  token_id bigint,
  created_at timestamptz(3) not null default now(),
  primary key (account_id, uuid),
  foreign key (account_id, comment_id) references comments
);
create index files_uuid on files (uuid);
create index files_blob on files (blob);
create index files_comment on files (account_id, comment_id) where comment_id is not null;
create index files_unused on files (created_at) where comment_id is null;

-- The search index of clients: one row per ticket with the words of its summary, alias and public comments. Each word is
-- prefixed with the account, so a search never reads another account's postings.
--
-- A count reads the rows of all matches, so they are narrow. PostgreSQL moves long values out of rows of more than 2 kB
-- only: the padding makes each row that long, is compressed to a few bytes, and leaves the words outside.
create table ticket_search (
  account_id bigint not null,
  number bigint not null,
  is_closed boolean not null default false,
  words tsvector not null,
  word_count int not null default 0, -- the position of the last word: the next text goes on from there
  padding text not null default repeat(' ', 2100),
  primary key (account_id, number)
) with (toast_tuple_target = 128);
alter table ticket_search alter column words set storage external;
-- Every search reads the pending list, and the writer that fills it sorts it in: with the default of 4 MB one writer
-- waits for 150 ms and more.
create index ticket_search_words on ticket_search using gin (words) with (gin_pending_list_limit = 512);

-- The search index of staff, over all accounts and with internal notes. It follows the feed, so that no client waits
-- for it. Its rows are made as those of ticket_search.
create table staff_search (
  account_id bigint not null,
  number bigint not null,
  words tsvector not null,
  word_count int not null default 0,
  padding text not null default repeat(' ', 2100),
  primary key (account_id, number)
) with (toast_tuple_target = 128);
alter table staff_search alter column words set storage external;
create index staff_search_words on staff_search using gin (words) with (gin_pending_list_limit = 512);
create index staff_search_number on staff_search (number);
