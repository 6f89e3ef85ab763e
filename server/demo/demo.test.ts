import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { followInactivity } from '#desk/inactivity/inactivity.ts';
import { watchSla } from '#desk/sla/follow.ts';
import type { Credentials } from '#faces/demo-credentials.ts';
import { openDatabase } from '#platform/db/database.ts';
import { createDatabase, openInstance } from '#test/instance.ts';
import { shapeRules } from '#test/shape-rules.ts';
import { makeDemo } from './demo.ts';
import { readerOf } from './read.ts';
import { Conversation } from './schema.ts';

const instance = await openInstance({ url: await createDatabase() });
after(() => instance.close());
const made = await makeDemo(instance.database, instance.files, instance.folder);
const path = join(instance.folder, 'demo-credentials.json');
const credentials: Credentials = JSON.parse(readFileSync(path, 'utf8'));

test('the demo has tickets of every state and priority in both languages', async () => {
  const rows = await instance.query<{ kind: string; locale: string }>(
    `select distinct kind, locale
     from tickets
     join accounts using (account_id)
     cross join lateral (values (status_key), (priority), (close_reason)) as kinds (kind)
     where kind is not null`,
  );
  for (const locale of ['en', 'ru']) {
    const kinds = new Set(rows.filter((row) => row.locale === locale).map(({ kind }) => kind));
    for (const kind of 'new await_client in_progress resolved closed low normal high urgent auto'.split(' '))
      assert.ok(kinds.has(kind), `${locale}: ${kind}`);
  }
});

test('the demo shows every feature', async () => {
  const [row = {}] = await instance.query(
    `select
       (select count(*) from files) as files,
       (select count(*) from votes where comment_id is null and score is not null) as votes,
       (select count(*) from votes where comment_id is not null) as votes_on_replies,
       (select count(*) from comments where is_internal) as notes,
       (select count(*) from comments where not is_client_read) as unread,
       (select count(*) from comments where mentions <> '{}') as mentions,
       (select count(*) from comments where user_id is not null) as comments_of_contacts,
       (select count(*) from drafts) as drafts,
       (select count(*) from tickets where is_snoozed) as snoozed,
       (select count(*) from tickets where splitted_from_ticket_number is not null) as split,
       (select count(*) from tickets where merged_into_ticket_number is not null) as merged,
       (select count(*) from tickets where not is_client_author) as opened_by_support,
       (select count(*) from tickets where client_emails <> '{}') as with_copies,
       (select count(*) from tickets where waiting_since is not null and assignee_id is null) as unassigned,
       (select count(*) from tickets where due_at <= now()) as overdue,
       (select count(*) from sla_alerts where kind = 'warned') as warned,
       (select count(*) from sla_alerts where kind = 'breached') as breached,
       (select count(*) from reminders) as reminders,
       (select count(*) from events where type = 'ticket.reopened') as reopened,
       (select count(*) from canned_responses where use_count > 0) as canned_responses_used,
       (select count(*) from canned_responses where staff_id is not null) as own_canned_responses,
       (select count(*) from sla_policies) as sla_policies,
       (select count(*) from calendars where holidays <> '[]') as calendars,
       (select count(*) from inactivity_rules) as inactivity_rules,
       (select count(*) from views where staff_id is null) as shared_views,
       (select count(distinct tag) from tickets, unnest(tags) as tag) as tags`,
  );
  for (const [what, count] of Object.entries(row)) assert.ok(Number(count) > 0, what);
});

test('the stored rows keep the rules of the product, and nothing lies in the future', async () => {
  for (const [rule, query] of Object.entries(shapeRules))
    assert.deepEqual(await instance.query(query), [], rule);
  const columns = await instance.query<{ query: string }>(
    `select format('select %L as column from %I where %I > now() limit 1', table_name || '.' || column_name, table_name,
       column_name) as query
     from information_schema.columns
     where table_schema = 'public' and data_type = 'timestamp with time zone'
       and column_name !~ '(due|expires|until)'`,
  );
  for (const { query } of columns) assert.deepEqual(await instance.query(query), []);
  assert.deepEqual(
    await instance.query(
      `select * from (
         select created_at < lag(created_at) over (order by number) as is_early from tickets
         union all
         select created_at < lag(created_at) over (order by id) from events
       ) as neighbours
       where is_early`,
    ),
    [],
    'later tickets have higher numbers, and later events higher ids',
  );
});

test('the database keeps nothing of the clock of the demo', async () => {
  const rows = await instance.query(
    `select nspname as name from pg_namespace where nspname = 'demo_clock'
     union all
     select pg_get_expr(adbin, adrelid) from pg_attrdef where pg_get_expr(adbin, adrelid) like '%demo_clock%'`,
  );
  assert.deepEqual(rows, []);
  const [account] = await instance.query<{ age: number }>(
    `insert into accounts (external_id, name) values ('new', 'New')
     returning extract(epoch from now() - created_at) as age`,
  );
  assert.ok(Math.abs(Number(account?.age)) < 1);
  await instance.query(`delete from accounts where external_id = 'new'`);
});

test('alerts came when they were due, and the product finds next to nothing left to do', async () => {
  assert.deepEqual(
    await instance.query(
      `select events.data, created_at
       from events
       where type = 'sla.breached'
         and created_at - (data ->> 'due_at')::timestamptz not between '0' and '1 minute'`,
    ),
    [],
  );
  const count = async () =>
    Number((await instance.query<{ count: number }>('select count(*) from events'))[0]?.count);
  const before = await count();
  await watchSla(instance.database);
  await followInactivity(instance.database);
  assert.ok((await count()) - before <= 1); // a time that has come since
});

test('only its owner reads the file with the keys, each of which opens what is its own', async () => {
  assert.equal(statSync(path).mode & 0o777, 0o600);
  assert.deepEqual(readdirSync(instance.folder).sort(), ['demo-credentials.json', 'files']);
  const { accounts, staff, tickets } = made ?? {};
  assert.deepEqual([accounts, staff], [credentials.accounts.length, credentials.staff.length]);
  assert.ok(Number(tickets) >= 60);
  for (const { token, name } of credentials.accounts) {
    const list = await instance.anonymous.get('/support/tickets', { 'x-token': token });
    assert.ok(list.body.item_count > 1, name);
  }
  for (const { token, email, password } of credentials.staff) {
    assert.equal((await instance.anonymous.get('/staff/topics', { 'x-token': token })).status, 200);
    assert.match(password, /^[a-z2-9]{5}(-[a-z2-9]{5}){3}$/);
    assert.equal((await instance.anonymous.post('/staff/session', { email, password })).status, 200);
  }
});

test('tickets are found in both languages, and files are downloaded as they were sent', async () => {
  const get = (url: string, token = '') => instance.app.inject({ url, headers: { 'x-token': token } });
  for (const q of ['certificates', 'vps-fra', 'NB-', 'сертификата', 'vps-msk']) {
    const url = `/support/tickets?q=${encodeURIComponent(q)}`;
    const lists = await Promise.all(credentials.accounts.map(({ token }) => get(url, token)));
    assert.ok(
      lists.some((list) => list.json().item_count > 0),
      q,
    );
  }
  const files = await instance.query<{ uuid: string; size: number; name: string; external_id: string }>(
    'select uuid, size, files.name, external_id from files join accounts using (account_id)',
  );
  for (const { uuid, size, name, external_id } of files) {
    const owner = credentials.accounts.find((account) => account.external_id === external_id);
    const { statusCode, rawPayload } = await get(`/files/public/files/${uuid}/content`, owner?.token);
    assert.deepEqual([statusCode, rawPayload.length], [200, size], name);
    if (!name.endsWith('.png')) assert.doesNotMatch(rawPayload.toString(), /\{[a-z]+ [+-]\w+\}/, name);
  }
  const unfilled = await instance.query(
    `select body from comments where body ~ '\\{(split|[a-z]+ [+-]\\w+)\\}|undefined'`,
  );
  assert.deepEqual(unfilled, []);
});

test('what is wrong in a data file is said with its name and its path', () => {
  const read = readerOf(Conversation);
  const head = 'account: A\ntopic_key: dns\nsummary: S\nopened: 3d 10:00\nsteps:\n  - comment: Hi\n';
  assert.equal(read('a.yaml', head).steps.length, 1);
  assert.throws(() => read('a.yaml', `${head}  - rpely: Hello\n`), /^Error: a\.yaml: \/steps\/1\/rpely /);
  assert.throws(
    () => read('a.yaml', `${head}  - vote: { score: 11 }\n`),
    /a\.yaml: \/steps\/1\/vote\/score must/,
  );
  assert.throws(() => read('a.yaml', `${head}  - after: 3 hours\n`), /a\.yaml: \/steps\/1\/after must match/);
  assert.throws(() => read('a.yaml', `${head}  - {`), /a\.yaml.*7:/);
});

test('a database with an account in it gets no demo', async () => {
  const before = readFileSync(path, 'utf8');
  assert.equal(await makeDemo(instance.database, instance.files, instance.folder), undefined);
  assert.equal(readFileSync(path, 'utf8'), before);
});

test('of two servers that start at once on an empty database, one makes the demo', async () => {
  const url = await createDatabase();
  const both = [openDatabase(url), openDatabase(url)];
  const results = await Promise.all(
    both.map((database) => makeDemo(database, instance.files, instance.folder)),
  );
  await Promise.all(both.map((database) => database.close()));
  assert.equal(results.filter((result) => result !== undefined).length, 1);
});

test('of a demo that could not be finished nothing is left', async () => {
  const database = openDatabase(await createDatabase());
  const put = () => Promise.reject(new Error('disk full'));
  await assert.rejects(
    makeDemo(database, { ...instance.files, put }, instance.folder),
    /\.yaml: \/steps\/\d+ disk full/,
  );
  const { rows } = await database.pool.query(
    `select (select count(*) from accounts) as accounts, (select count(*) from topics) as topics,
            (select count(*) from events) as events`,
  );
  assert.deepEqual(rows, [{ accounts: 0, topics: 0, events: 0 }]);
  await database.close();
});
