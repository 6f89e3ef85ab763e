-- Every statement of this folder as PostgreSQL gets it, each with the hash of its template and of the templates
-- within it. Written by "npm run statements"; server/test/statements.test.ts holds code and database against it.

--- desk/tags/tags.ts 027ea3116f
insert into tag_changes (tag, becomes) values ($1, $2)

--- desk/tags/tags.ts 245ed78685
select tag_change_id, tag, becomes
from tag_changes
order by tag_change_id
limit 1
for update

--- desk/tags/tags.ts 58eb081335
select count(*) as ticket_count
from tickets
where tags @> array[$1] and tags <> '{}'

--- desk/tags/tags.ts 6733568f25
delete from tag_changes where tag_change_id = $1

--- desk/tags/tags.ts f4c375b767
select tag, count(*) as ticket_count
from tickets
cross join unnest(tags) as tag
where tags <> '{}'
group by tag
order by tag collate "C"
