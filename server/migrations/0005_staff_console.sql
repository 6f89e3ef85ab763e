-- Where a member has drafts.
create index drafts_staff on drafts (staff_id);

-- The open tickets of each topic and of each assignee are counted. Most tickets of a topic, or of a member who has been
-- here for long, are closed: an index of all of them would be read to its end.
create index tickets_queue_open_topic on tickets (topic_key) include (is_snoozed) where not is_closed;
create index tickets_queue_open_assignee on tickets (assignee_id) include (status_key, is_snoozed) where not is_closed;
