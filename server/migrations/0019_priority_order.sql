-- The queue by priority: of what is open, and of all there is. A number never changes, so that only a change of the
-- priority moves a ticket here.
create index tickets_queue_priority_open
  on tickets (array_position('{low,normal,high,urgent}'::text[], priority), number)
  where not is_closed;
create index tickets_queue_priority
  on tickets (array_position('{low,normal,high,urgent}'::text[], priority), number);
