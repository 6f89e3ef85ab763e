-- How staff write: whom they mention, what they have begun, what is about to be sent, and who is where.

alter table comments
  add column mentions bigint[] not null default '{}' check (cardinality(mentions) <= 20);

-- Who is mentioned on a ticket and has not looked since: a row goes when they do.
create table mentions (
  account_id bigint not null,
  ticket_number bigint not null,
  staff_id bigint not null,
  primary key (account_id, ticket_number, staff_id),
  foreign key (account_id, ticket_number) references tickets
);
create index mentions_staff on mentions (staff_id);

create table drafts (
  account_id bigint not null,
  ticket_number bigint not null,
  staff_id bigint not null,
  body text not null,
  is_internal boolean not null,
  files jsonb not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (account_id, ticket_number, staff_id),
  foreign key (account_id, ticket_number) references tickets
);

create sequence delayed_reply_ids;

-- Answers that are sent once their time has come. A row that has an outcome is kept for a day, for who asks after it.
create table delayed_replies (
  account_id bigint not null,
  delayed_reply_id bigint not null default nextval('delayed_reply_ids'),
  ticket_number bigint not null,
  staff_id bigint not null,
  token_id bigint,
  body text not null,
  is_internal boolean not null,
  status_key text,
  files jsonb not null,
  mentions bigint[] not null,
  last_comment_id bigint,
  created_at timestamptz not null,
  send_at timestamptz(3) not null,
  outcome text check (outcome in ('sent', 'stopped')),
  primary key (account_id, delayed_reply_id),
  foreign key (account_id, ticket_number) references tickets
);
create index delayed_replies_due on delayed_replies (send_at) where outcome is null;
create index delayed_replies_ticket on delayed_replies (account_id, ticket_number);
create index delayed_replies_id on delayed_replies (delayed_reply_id);

-- Who has a ticket before them. It lasts for seconds: a crash may empty it, and no write of it waits for a disk.
create unlogged table presence (
  account_id bigint not null,
  ticket_number bigint not null,
  staff_id bigint not null,
  staff_name text not null,
  state text not null check (state in ('viewing', 'writing')),
  expires_at timestamptz(3) not null,
  primary key (account_id, ticket_number, staff_id)
);
