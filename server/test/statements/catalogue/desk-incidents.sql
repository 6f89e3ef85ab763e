-- Every statement of this folder as PostgreSQL gets it, each with the hash of its template and of the templates
-- within it. Written by "npm run statements"; server/test/statements.test.ts holds code and database against it.

--- desk/incidents/incidents.ts 10f1529758
select from incidents where ended_at is null limit $1

--- desk/incidents/incidents.ts 18fe5e0a3c 7a070541f7
insert into incidents (title, text, link, topic_keys)
values ($1, $2, $3, $4)
returning incident_id, title, text, link, topic_keys, created_at, updated_at, ended_at

--- desk/incidents/incidents.ts 35389e5bb1 7a070541f7
update incidents
set title = $1, text = $2, link = $3, topic_keys = $4,
    updated_at = now(), ended_at = case when $5 then coalesce(ended_at, now()) end
where incident_id = $6
returning incident_id, title, text, link, topic_keys, created_at, updated_at, ended_at

--- desk/incidents/incidents.ts 5811aba390
select pg_notify($1, $2)

--- desk/incidents/incidents.ts a7b7b9a5dc 284a85fe6a 7a070541f7
select incident_id, title, text, link, topic_keys, created_at, updated_at, ended_at
from incidents
where incident_id < $1
order by incident_id desc
limit $2

--- desk/incidents/incidents.ts a7b7b9a5dc 4dfdd7a3d3 7a070541f7 a0d008ab8f
select incident_id, title, text, link, topic_keys, created_at, updated_at, ended_at
from incidents
where incident_id = $1
order by incident_id desc
limit $2
for update

--- desk/incidents/incidents.ts a7b7b9a5dc 7a070541f7 b5bea41b6c
select incident_id, title, text, link, topic_keys, created_at, updated_at, ended_at
from incidents
where true
order by incident_id desc
limit $1

--- desk/incidents/incidents.ts a7b7b9a5dc 7a070541f7 cbeb8beee1
select incident_id, title, text, link, topic_keys, created_at, updated_at, ended_at
from incidents
where ended_at is null
order by incident_id desc
limit $1

--- desk/incidents/incidents.ts fd79127678
select place - 1 as place
from unnest($1::text[]) with ordinality as wanted (key, place)
where not exists (select from topics where topics.key = wanted.key)
limit 1
