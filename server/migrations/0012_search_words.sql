-- Search keeps the positions of words, for phrases; a tsvector has those of the first 16,383. Rows that are there are
-- written anew by a job, ticket by ticket; until then they are found as before. The cursor is the last number it has
-- written; an empty one means that it is done.
alter table ticket_search add column word_count int not null default 0;
alter table staff_search add column word_count int not null default 0;
insert into followers (name, cursor) values ('search_reindex', '0');
