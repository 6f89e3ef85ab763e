-- What an account may do in a minute beside opening and writing, and what a member of staff may upload. Uploads that have
-- begun are counted apart: those of them that were refused do not count as uploads.
alter table account_state
  add column begun_uploads_since timestamptz not null default '-infinity',
  add column begun_uploads_used int not null default 0,
  add column reads_since timestamptz not null default '-infinity',
  add column reads_used int not null default 0,
  add column votes_since timestamptz not null default '-infinity',
  add column votes_used int not null default 0,
  add column changes_since timestamptz not null default '-infinity',
  add column changes_used int not null default 0;

create table staff_state (
  staff_id bigint primary key references staff,
  uploads_since timestamptz not null default '-infinity',
  uploads_used int not null default 0,
  begun_uploads_since timestamptz not null default '-infinity',
  begun_uploads_used int not null default 0
);
