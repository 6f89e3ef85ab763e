-- What waits to be sorted into an index of words is read by every search and sorted in by whoever fills it up: 4 MB, the
-- default, cost one writer 150 ms and more.
alter index ticket_search_words set (gin_pending_list_limit = 512);
alter index staff_search_words set (gin_pending_list_limit = 512);

-- With the account in it, what is asked of the open queue is answered from the index alone.
drop index tickets_queue_open;
create index tickets_queue_open on tickets (updated_at desc, number desc)
  include (account_id, status_key, topic_key, assignee_id, priority, is_staff_read) where not is_closed;
