-- As for search_texts: PostgreSQL 18 would vacuum after every 1,000 new tickets. With 1,000,000 of them that reads all
-- indexes, because each comment leaves a dead row. As before, it also vacuums when a fifth of the rows are dead.
alter table tickets set (autovacuum_vacuum_insert_threshold = 100000);
