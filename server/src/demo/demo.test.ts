import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { openDatabase } from '#platform/db/database.ts';
import { createDatabase, openInstance } from '#test/support.ts';
import type { Credentials } from './credentials.ts';
import { makeDemo } from './demo.ts';

const desk = await openInstance({ url: await createDatabase() });
after(() => desk.close());
const made = await makeDemo(desk.database, desk.files, desk.folder);
const path = join(desk.folder, 'demo-credentials.json');
const credentials: Credentials = JSON.parse(readFileSync(path, 'utf8'));

/** Runs a query that looks for what must not be. */
const none = async (rule: string, query: string) => assert.deepEqual(await desk.query(query), [], rule);

test('the demo has some 500 tickets in two languages and in every state', async () => {
  const tickets = await desk.query<{ status_key: string; locale: string; count: number }>(
    `select status_key, locale, count(*)
     from tickets
     join accounts using (account_id)
     group by status_key, locale`,
  );
  const total = tickets.reduce((sum, { count }) => sum + count, 0);
  assert.ok(total >= 500 && total <= 540, `${total} tickets`);
  assert.equal(new Set(tickets.map(({ status_key }) => status_key)).size, 5);
  assert.deepEqual(new Set(tickets.map(({ locale }) => locale)), new Set(['en', 'ru']));
  const [rows] = await desk.query(
    `select (select count(*) from tickets) as tickets, (select count(*) from comments) as comments,
            (select count(*) from files) as files, (select count(*) from accounts) as accounts,
            (select count(*) from staff) as staff`,
  );
  assert.deepEqual({ ...rows, credentials_file: path }, made);
});

test('the demo shows every feature: files, votes, notes, splits, reopenings, other names and copies', async () => {
  const [row = {}] = await desk.query(
    `select
       (select count(*) from files) as files,
       (select count(distinct extension) from files) as kinds_of_files,
       (select count(*) from votes where comment_id is null and comment is not null) as votes_with_words,
       (select count(*) from votes where comment_id is null and comment is null) as votes_without,
       (select count(*) from votes where comment_id is not null and score = -1) as votes_on_comments,
       (select count(*) from votes where score is null) as feedback,
       (select count(*) from comments where is_internal) as notes,
       (select count(*) from comments where not is_client_read) as unread,
       (select count(*) from tickets where splitted_from_ticket_number is not null) as splits,
       (select count(*) from events where type = 'ticket.reopened') as reopenings,
       (select count(*) from tickets where not is_client_author) as opened_by_support,
       (select count(*) from tickets where client_aliased_name is not null) as aliased,
       (select count(*) from tickets where client_emails <> '{}') as with_copies,
       (select count(distinct close_reason) from tickets) as reasons,
       (select count(distinct type) from tickets) as types,
       (select count(distinct topic_key) from tickets) as topics,
       (select count(distinct priority) from tickets) as priorities,
       (select count(distinct assignee_id) from tickets) as assignees,
       (select count(distinct tag) from tickets, unnest(tags) as tag) as tags,
       (select count(*) from tickets where waiting_since is not null and assignee_id is null) as unassigned,
       (select count(*) from views where staff_id is null) as shared_views,
       (select count(*) from canned_responses where staff_id is null and bodies ?& '{en,ru}') as shared_answers,
       (select count(*) from sla_policies) as policies,
       (select count(*) from reminders) as reminders,
       (select count(*) from tickets where close_reason = 'auto') as closed_by_the_clock,
       (select count(*) from comments where mentions <> '{}') as notes_with_mentions,
       (select count(*) from mentions) as asked_to_look,
       (select count(*) from contacts) as people_of_clients,
       (select count(*) from comments where user_id is not null) as comments_of_people`,
  );
  for (const [what, count] of Object.entries(row)) assert.ok(Number(count) >= 3, `${what}: ${count}`);
});

test('counters, read marks, search rows and lists of files agree with the rows that they are about', async () => {
  await none(
    'the counters of an account are the numbers of its tickets',
    `select account_id
     from account_state
     left join tickets using (account_id)
     group by account_id, tickets_open, tickets_closed
     having tickets_open <> count(number) filter (where not is_closed)
       or tickets_closed <> count(number) filter (where is_closed)`,
  );
  await none(
    'a ticket is read when all of its comments are',
    `select number
     from tickets
     where is_client_read <> not exists (
       select from comments where ticket_number = number and not is_client_read
     )`,
  );
  await none(
    'a ticket is answered when support has written to its client',
    `select number
     from tickets
     where has_reply <> exists (
       select from comments where ticket_number = number and not is_client_author and not is_internal
     )`,
  );
  await none(
    'every ticket has its search row',
    `select number
     from tickets
     left join ticket_search as search using (account_id, number)
     where search.is_closed is distinct from tickets.is_closed or search.words is null or length(search.words) < 5`,
  );
  await none(
    'a comment lists the files that the table of files gives it',
    `select comments.id
     from comments
     left join files on files.account_id = comments.account_id and files.comment_id = comments.id
     group by comments.account_id, comments.id
     having count(uuid) <> jsonb_array_length(comments.files)
       or not coalesce(bool_and(comments.files -> (position - 1) ->> 'uuid' = uuid::text
         and (comments.files -> (position - 1) ->> 'created_at')::timestamptz = created_at), true)`,
  );
});

test('nothing lies in the future, and times, numbers and ids rise together', async () => {
  await none(
    'nothing is later than now, nor earlier than the desk',
    `select at
     from (
       select created_at as at from tickets
       union all select updated_at from tickets
       union all select closed_at from tickets
       union all select sent_at from comments
       union all select created_at from files
       union all select created_at from votes
       union all select created_at from events
       union all select last_used_at from tokens
       union all select last_seen_at from contacts
       union all select reminded_at from reminders
       union all select created_at from sla_alerts
     ) as times
     where at > now() or at < (select max(created_at) from accounts)`,
  );
  await none(
    'a ticket is changed and closed after it was opened',
    `select number from tickets where updated_at < created_at or closed_at not between created_at and updated_at`,
  );
  await none(
    'later tickets have higher numbers, later events higher ids',
    `select * from (
       select created_at < lag(created_at) over (order by number) as is_early from tickets
       union all
       select created_at < lag(created_at) over (order by id) from events
       union all
       select sent_at < lag(sent_at) over (partition by ticket_number order by id) from comments
     ) as neighbours
     where is_early`,
  );
});

test('people see no slot left open and no summary twice', async () => {
  await none(
    'no text shows the notation of its scenario',
    `select body
     from (select body from comments union all select summary from tickets union all select comment from votes) as said
     where body ~ '\\{[a-zа]|\\|[^ ]*\\}|undefined'`,
  );
  await none(
    'no account has two tickets of one name',
    'select summary from tickets group by account_id, summary having count(*) > 1',
  );
});

test('the keys are in a file that only its owner reads, and each opens what is its own', async () => {
  assert.equal(statSync(path).mode & 0o777, 0o600);
  assert.deepEqual(
    readdirSync(desk.folder).sort(),
    ['demo-credentials.json', 'files'],
    'nothing half written',
  );
  assert.deepEqual([credentials.accounts.length, credentials.staff.length], [8, 5]);
  for (const { token, locale, name } of credentials.accounts) {
    const { status, body } = await desk.anonymous.get('/support/tickets?items_per_page=1', {
      'x-token': token,
    });
    assert.equal(status, 200);
    assert.ok(body.item_count > 20, `${name} has ${body.item_count} tickets`);
    assert.equal(/[а-я]{3}/i.test(JSON.stringify(await firstComment(token))), locale === 'ru');
  }
  for (const { token } of credentials.staff) {
    assert.equal((await desk.anonymous.get('/staff/topics', { 'x-token': token })).status, 200);
  }
});

async function firstComment(token: string) {
  const headers = { 'x-token': token, prefer: 'read-receipt=none' };
  const list = await desk.anonymous.get('/support/tickets?items_per_page=1', headers);
  const [ticket] = list.body.items;
  return (await desk.anonymous.get(`/support/tickets/${ticket.number}/comments`, headers)).body.items[0].body;
}

test('tickets are found in both languages, by other forms of a word and by parts of a name', async () => {
  const find = async (locale: string, q: string) => {
    const tokens = credentials.accounts
      .filter((account) => account.locale === locale)
      .map(({ token }) => token);
    const counts = tokens.map(async (token) => {
      const url = `/support/tickets?q=${encodeURIComponent(q)}`;
      return (await desk.anonymous.get(url, { 'x-token': token })).body.item_count;
    });
    return Math.max(...(await Promise.all(counts)));
  };
  for (const q of ['certificates', 'reboot', 'vps-fra', '203.0.113.', 'NB-'])
    assert.ok((await find('en', q)) > 0, q);
  for (const q of ['сертификата', 'перезагрузку', 'vps-msk', '203.0.113.', 'оплачен'])
    assert.ok((await find('ru', q)) > 0, q);
  assert.equal(await find('en', 'сертификат'), 0);
});

test('every file can be downloaded as it was sent', async () => {
  const files = await desk.query<{ uuid: string; account_id: number; size: number; extension: string }>(
    'select distinct on (extension) uuid, account_id, size, extension from files order by extension, uuid',
  );
  assert.deepEqual(
    files.map(({ extension }) => extension),
    ['csv', 'eml', 'log', 'png', 'txt'],
  );
  for (const { uuid, account_id, size, extension } of files) {
    const token = credentials.accounts[account_id - 1]?.token ?? ''; // accounts are numbered in their order
    const response = await desk.app.inject({
      url: `/files/public/files/${uuid}/content`,
      headers: { 'x-token': token },
    });
    assert.equal(response.statusCode, 200);
    assert.equal(response.rawPayload.length, size);
    if (extension === 'png') assert.equal(response.rawPayload.toString('latin1', 1, 4), 'PNG');
  }
});

test('a database with an account in it gets no demo', async () => {
  const before = readFileSync(path, 'utf8');
  assert.equal(await makeDemo(desk.database, desk.files, desk.folder), undefined);
  assert.equal(readFileSync(path, 'utf8'), before);
});

test('of two servers that start at once on an empty database, one makes the demo', async () => {
  const url = await createDatabase();
  const [one, two] = [openDatabase(url), openDatabase(url)];
  const results = await Promise.all(
    [one, two].map((database) => makeDemo(database, desk.files, desk.folder)),
  );
  const { rows } = await one.pool.query('select count(*) from accounts');
  await Promise.all([one.close(), two.close()]);
  assert.equal(results.filter((result) => result !== undefined).length, 1);
  assert.equal(rows[0].count, 8);
});

test('of a demo that could not be finished nothing is left', async () => {
  const database = openDatabase(await createDatabase());
  const full = {
    ...desk.files,
    put: async () => {
      throw new Error('disk full');
    },
  };
  await assert.rejects(makeDemo(database, full, desk.folder), /disk full/);
  const { rows } = await database.pool.query(
    `select (select count(*) from accounts) as accounts, (select count(*) from topics) as topics,
            (select count(*) from events) as events`,
  );
  assert.deepEqual(rows, [{ accounts: 0, topics: 0, events: 0 }]);
  assert.ok(await makeDemo(database, desk.files, desk.folder), 'the next start makes it');
  await database.close();
});
