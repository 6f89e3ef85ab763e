-- Since when neither side has written to the other and the state has stayed: what inactivity rules count from. What
-- support files (topic, type, summary) moves updated_at, but not this.
alter table tickets
  add column inactive_since timestamptz(3) not null default now();

-- No rule is to act sooner after this than it would have before.
update tickets
set inactive_since = coalesce(
  (
    select inactive_since
    from reminders
    where reminders.account_id = tickets.account_id
      and reminders.ticket_number = tickets.number
      and reminders.ticket_version = tickets.version
  ),
  updated_at
)
where not is_closed;

drop index tickets_silent;
create index tickets_inactive on tickets (inactive_since)
  where not is_closed and status_key in ('await_client', 'resolved');

-- A reminder speaks of the inactivity that began at its inactive_since, and no longer of a version of the ticket.
alter table reminders alter column ticket_version drop not null;
