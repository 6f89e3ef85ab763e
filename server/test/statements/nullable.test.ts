/** What a column of a statement can be, from its text alone. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type pg from 'pg';
import { createDatabase } from '#test/instance.ts';
import { type Catalog, readCatalog } from './catalog.ts';
import { connectDescriber, describe } from './describe.ts';
import { nullableColumns } from './nullable.ts';

let client: pg.Client;
let catalog: Catalog;
/** Before version 16 PostgreSQL's tree does not say which outer join a column has passed. */
let hasOuterJoins: boolean;

before(async () => {
  client = await connectDescriber(await createDatabase());
  await client.query(`
    create table a (id int primary key, name text not null, note text, data jsonb not null);
    create table b (id int primary key, a_id int references a, title text not null);
  `);
  catalog = await readCatalog(client);
  const { rows } = await client.query('show server_version_num');
  hasOuterJoins = Number(rows[0].server_version_num) >= 160_000;
});
after(() => client.end());

/** Columns that can be null end in `_or_null`. */
const statements = [
  'select id, name, note as note_or_null from a',
  'select a.id, b.title as title_or_null from a left join b on b.a_id = a.id',
  'select a.id as id_or_null, b.title from a right join b on b.a_id = a.id',
  'select a.name as name_or_null, b.title as title_or_null from a full join b on b.a_id = a.id',
  'select b.title from a left join b on b.a_id = a.id where b.id is not null',
  'select note from a where note = $1',
  'select note from a where note = any($1::text[])',
  'select note as note_or_null from a where note <> all($1::text[])',
  "select note as note_or_null from a where note = 'x' or name = 'x'",
  'select note from a where not (note = $1)',
  "select coalesce(note, '') as note, coalesce(note, note) as other_or_null from a",
  "select case when id = 1 then name end as name_or_null, case when id = 1 then name else '' end as name from a",
  "select data ->> 'x' as x_or_null, data || '{}' as data, (data -> 'x')::int as y_or_null from a",
  'select lower(name) as name, lower(note) as note_or_null, nullif(name, $1) as name_or_null from a',
  'select count(note), max(id) as id_or_null from a',
  'select name, count(*), max(id) as id, max(note) as note_or_null from a group by name',
  'select (select count(*) from b) as count, (select title from b limit 1) as title_or_null',
  'select exists (select from b) as is_there, array(select id from b) as ids, id in (select a_id from b) as is_or_null from a',
  'select name as name_or_null from a union all select note from a',
  'with c as (select note, name from a) select name, note as note_or_null from c',
  'with recursive c as (select id, name from a union all select c.id, c.name from c join b on b.a_id = c.id) select id, name from c',
  "insert into a values (1, 'x', $1, '{}') returning id, note as note_or_null",
  "update a set note = 'x' where id = 1 returning note",
  'update a set name = $1 where note is not null returning name, note',
  'update a set note = $1 where note is not null returning note as note_or_null',
  'with gone as (delete from a returning *) select name, note as note_or_null from gone',
  'select place, value from unnest($1::text[]) with ordinality as given (value, place)',
  'select place as place_or_null from a left join lateral (select 1 as place) as one on one.place = a.id',
  'select row_number() over (), sum(id) over () as sum, lag(id) over () as before_or_null from a',
];

for (const text of statements) {
  test(text, async (t) => {
    if (!hasOuterJoins && /\b(left|right|full) join\b/.test(text)) return t.skip('needs PostgreSQL 16');
    const { columns, tree } = await describe(client, text);
    const expected = columns.map(({ name }) => name.endsWith('_or_null'));
    assert.deepEqual(nullableColumns(tree, catalog), expected);
  });
}

test('a statement that PostgreSQL does not understand is refused, and the next one is described', async () => {
  await assert.rejects(describe(client, 'select nothing from a'), /column "nothing" does not exist/);
  const [id] = (await describe(client, 'select id from a')).columns;
  assert.equal(id?.name, 'id');
});
