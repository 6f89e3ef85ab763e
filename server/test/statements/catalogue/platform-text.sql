-- Every statement of this folder as PostgreSQL gets it, each with the hash of its template and of the templates
-- within it. Written by "npm run statements"; server/test/statements.test.ts holds code and database against it.

--- platform/text/search-query.ts d1baae66c8
select word, ts_lexize((language || '_stem')::regdictionary, word) as found
from unnest($1::text[], $2::text[]) as words (word, language)
