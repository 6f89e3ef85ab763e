-- One search index for clients and staff, with a row for each text: comment_id is 0 for what stands in the ticket
-- itself. A comment adds a row with its own words, however many the ticket has. A row belongs to its ticket; a merge
-- moves it with the comment.
--
-- A count reads the rows of all matches, so they are narrow. PostgreSQL moves long values out of rows of more than 2 kB
-- only: the padding makes each row that long, is compressed to a few bytes, and leaves the words outside.
create table search_texts (
  account_id bigint not null,
  number bigint not null,
  comment_id bigint not null,
  words tsvector not null,
  padding text not null default repeat(' ', 2100),
  primary key (account_id, number, comment_id)
) with (toast_tuple_target = 128);
alter table search_texts alter column words set storage external;
-- Every search reads the pending list, and the writer that fills it sorts it in: with the default of 4 MB one writer
-- waits for 150 ms and more.
create index search_texts_words on search_texts using gin (words) with (gin_pending_list_limit = 512);

-- The job search.reindex fills it. Until it has reached a ticket, no search finds that ticket.
drop table ticket_search, staff_search;
delete from set_aside_events where follower = 'staff_search';
delete from followers where name = 'staff_search';
update followers set cursor = '0' where name = 'search_reindex' and exists (select from tickets);
