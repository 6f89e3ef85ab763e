-- Each vacuum reads the whole index of words, in which 1,000,000 tickets take 3.8 GB. Rows are seldom changed or deleted
-- here, so there is little to remove. PostgreSQL 18 would nevertheless vacuum after every 1,000 new rows, once most
-- pages are frozen.
alter table search_texts set (autovacuum_vacuum_insert_threshold = 100000);
