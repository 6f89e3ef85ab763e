/** Every statement of the code is in the catalogue, PostgreSQL understands it, and its rows are what TypeScript says. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { runMigrations } from 'graphile-worker';
import type pg from 'pg';
import { createDatabase } from './instance.ts';
import { readCatalogue } from './statements/catalogue.ts';
import { check } from './statements/check.ts';
import { type Code, readCode } from './statements/code.ts';
import { connectDescriber } from './statements/describe.ts';
import { unexecuted } from './statements/unexecuted.ts';

const STALE = 'The catalogue of statements is stale: npm run statements -- <the tests that execute them>';

const catalogue = readCatalogue();
let code: Code;
const clients: pg.Client[] = [];

before(() => {
  code = readCode();
});
after(async () => {
  code.close();
  await Promise.all(clients.map((client) => client.end()));
});

async function connect(): Promise<pg.Client> {
  const url = await createDatabase();
  await runMigrations({ connectionString: url }); // the tables of jobs
  const client = await connectDescriber(url);
  clients.push(client);
  return client;
}

test('the catalogue has every template of the code', () => {
  const catalogued = new Set(catalogue.flatMap(({ hash, parts }) => [hash, ...parts]));
  const missing = code.templates.filter(({ hash }) => !catalogued.has(hash));
  const places = missing.map(({ file, line, text }) => ({
    file,
    line,
    text: text.trim().replace(/\s+/g, ' '),
  }));
  const isExcused = (place: { file: string; text: string }) =>
    unexecuted.some(({ file, text }) => file === place.file && place.text.startsWith(text));
  assert.deepEqual(
    places.filter((place) => !isExcused(place)).map(({ file, line, text }) => `${file}:${line} ${text}`),
    [],
    STALE,
  );
  const needless = unexecuted.filter((excuse) => !places.some((place) => place.text.startsWith(excuse.text)));
  assert.deepEqual(needless, [], 'These are executed by now.');
});

test('the catalogue has nothing that the code does not have', () => {
  const inCode = new Set(code.templates.map(({ hash }) => hash));
  const gone = catalogue.filter(({ hash, parts }) => [hash, ...parts].some((part) => !inCode.has(part)));
  assert.deepEqual(
    gone.map(({ file, text }) => `${file} ${text.slice(0, 60)}`),
    [],
    STALE,
  );
});

test('PostgreSQL understands every statement, and its rows have what TypeScript says', async () => {
  assert.deepEqual(await check(code, catalogue, await connect()), []);
});

test('a column that is renamed, may be null or has another type or other values is noticed wherever it is read', async () => {
  const client = await connect();
  await client.query(`
    alter table accounts rename column external_id to outer_id;
    alter table staff alter column name drop not null;
    alter table topics alter column position type text;
    alter table tokens drop constraint tokens_kind_check,
      add constraint tokens_kind_check check (kind in ('client', 'staff', 'service', 'robot'));
  `);
  const faults = await check(code, catalogue, client);
  const expected = {
    'people/accounts/accounts.ts': 'column "external_id" does not exist',
    'people/staff/staff.ts': 'name can be null, and is claimed never to be',
    'desk/topics/topics.ts': 'position is claimed as number, and is string',
    'people/tokens/tokens.ts': "kind can be 'robot', which is not claimed",
  };
  for (const [file, fault] of Object.entries(expected)) {
    assert.ok(
      faults.some((found) => found.startsWith(file) && found.endsWith(fault)),
      `${file}: ${fault}\n${faults.join('\n')}`,
    );
  }
});
