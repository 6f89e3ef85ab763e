-- Reports read what happened in a span of time. Rows lie in the order in which they came, so a summary of each stretch
-- of the table is index enough, and costs writers nothing.
create index tickets_created on tickets using brin (created_at);
create index comments_sent on comments using brin (sent_at);
create index votes_created on votes using brin (created_at);
create index events_created on events using brin (created_at);
