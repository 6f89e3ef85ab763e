-- The server sorts the list of new words into the index every half second (desk/search/sort-in.ts), so that no writer
-- waits for it. One that finds the list this long still does it itself.
alter index search_texts_words set (gin_pending_list_limit = 2048);
