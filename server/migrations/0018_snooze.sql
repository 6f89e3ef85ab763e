-- Tickets that support has put away until a time, or without one until the client writes. Clients see nothing of it.
alter table tickets
  add column is_snoozed boolean not null default false,
  add column snoozed_until timestamptz(3),
  add check (is_snoozed or snoozed_until is null),
  add check (not (is_snoozed and is_closed));

create index tickets_snoozed_until on tickets (snoozed_until) where snoozed_until is not null;
create index tickets_queue_snoozed on tickets (updated_at desc, number desc) where is_snoozed;

-- What is snoozed is left out of most lists: the index that they are answered from says which.
drop index tickets_queue_open;
create index tickets_queue_open on tickets (updated_at desc, number desc)
  include (account_id, status_key, topic_key, assignee_id, priority, is_staff_read, is_snoozed) where not is_closed;
