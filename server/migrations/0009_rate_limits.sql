-- What an account (staff_id 0) or a team member (account_id 0) has used of each rate limit in its current minute. A
-- request locks its row last, so that the requests of an account wait for each other's commit only. The free space on
-- the pages is for in-place (HOT) updates.
create table rate_limits (
  account_id bigint not null,
  staff_id bigint not null,
  kind text not null,
  since timestamptz not null,
  used int not null,
  primary key (account_id, staff_id, kind)
) with (fillfactor = 25);

alter table account_state
  drop column tickets_since, drop column tickets_used,
  drop column comments_since, drop column comments_used,
  drop column uploads_since, drop column uploads_used,
  drop column begun_uploads_since, drop column begun_uploads_used,
  drop column reads_since, drop column reads_used,
  drop column votes_since, drop column votes_used,
  drop column changes_since, drop column changes_used;
drop table staff_state;
