/** The `paneldesk` command: what each part does and prints, and its error messages. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { withDatabase } from '#test/database-url.ts';
import { openInstance } from '#test/instance.ts';
import { paneldesk } from '#test/paneldesk.ts';

const instance = await openInstance();
const folder = mkdtempSync(join(tmpdir(), 'paneldesk-cli-'));
after(async () => {
  await instance.close();
  rmSync(folder, { recursive: true });
});

const env = { DATABASE_URL: instance.url, DATA_DIR: folder };
const run = (...args: string[]) => paneldesk(args, env);

/** Runs a command that must succeed. Returns its JSON output. */
async function json(...args: string[]) {
  const { code, stdout, stderr } = await run(...args, '--json');
  assert.equal(code, 0, stderr);
  assert.match(stderr, /^Database: [^\n]*\/paneldesk_test_[^\n]+ \(DATABASE_URL\)\n$/);
  assert.match(stdout, /^[[{][^\n]*\n$/, 'one line');
  return JSON.parse(stdout);
}

/** Runs a command that must fail with this sentence. */
async function failure(code: number, sentence: RegExp, ...args: string[]) {
  const outcome = await run(...args);
  assert.equal(outcome.code, code, `${args.join(' ')}: ${outcome.stderr}`);
  assert.match(outcome.stderr, sentence, args.join(' '));
  assert.doesNotMatch(outcome.stderr, /\n\s+at |node:internal|Error:/, 'no stack');
  assert.equal(outcome.stdout, '');
}

const opensDoor = async (token: string, url = '/support/tickets') =>
  (await instance.anonymous.get(url, { 'x-token': token })).status === 200;

await json('account', 'add', 'acme', '--name', 'Acme', '--email', 'acme@clients.example', '--locale', 'ru');
await json('staff', 'add', 'Anna@Host.example', '--name', 'Anna Petrova', '--role', 'admin');

test('an added account is printed as one JSON object, listed, and stored with its event', async () => {
  const added = await json('account', 'add', 'second', '--name', 'Второй', '--email', 'b@clients.example');
  assert.deepEqual([added.external_id, added.name, added.email], ['second', 'Второй', 'b@clients.example']);
  assert.equal(added.locale, 'en');
  assert.ok(Number.isInteger(added.account_id));
  const listed = await json('account', 'list');
  assert.deepEqual(
    listed.map((account: { external_id: string; locale: string }) => [account.external_id, account.locale]),
    [
      ['acme', 'ru'],
      ['second', 'en'],
    ],
  );
  const events = await instance.query(
    `select actor_kind from events where type = 'account.created' and account_id = $1`,
    [added.account_id],
  );
  assert.deepEqual(events, [{ actor_kind: 'system' }]);
  assert.match((await run('account', 'list')).stdout, /^account_id +external_id .*\n1 +acme +Acme/);
});

test('an added staff member is printed as one JSON object, with the address in lower case', async () => {
  const added = await json('staff', 'add', 'Boris@Host.example', '--name', 'Boris', '--role', 'agent');
  assert.deepEqual([added.email, added.name, added.role], ['boris@host.example', 'Boris', 'agent']);
});

test('a token gives access to its owner’s routes, and its secret is shown only once', async () => {
  const ofAccount = await json('token', 'issue', '--account', 'acme', '--name', 'panel');
  const ofStaff = await json('token', 'issue', '--staff', 'ANNA@host.example', '--name', 'console');
  assert.match(ofAccount.token, /^pdk_[\w-]{43}$/);
  assert.deepEqual([ofAccount.kind, ofAccount.staff_id], ['client', null]);
  assert.deepEqual([ofStaff.kind, ofStaff.account_id], ['staff', null]);
  assert.ok(await opensDoor(ofAccount.token));
  assert.ok(await opensDoor(ofStaff.token, '/staff/events'));
  const { stdout } = await run('token', 'list', '--json');
  const listed: Array<{ token_id: number; name: string }> = JSON.parse(stdout);
  assert.ok(listed.some(({ token_id, name }) => token_id === ofAccount.token_id && name === 'panel'));
  assert.doesNotMatch(stdout, /pdk_|hash|"token"/);
  assert.doesNotMatch((await run('token', 'list')).stdout, /pdk_/);
});

test('a service token gives access to the routes for services, and belongs to no account or person', async () => {
  const issued = await json('token', 'issue', '--service', '--name', 'panel');
  assert.deepEqual([issued.kind, issued.account_id, issued.staff_id], ['service', null, null]);
  assert.ok(await opensDoor(issued.token, '/staff/accounts'));
  assert.equal(await opensDoor(issued.token, '/staff/tickets'), false);
  const both = ['token', 'issue', '--service', '--account', 'acme', '--name', 'a'];
  await failure(2, /cannot be used with/, ...both);
});

test('a token without --json is printed alone on its line, for copying', async () => {
  const { code, stdout } = await run('token', 'issue', '--account', 'acme', '--name', 'shell');
  assert.equal(code, 0);
  assert.ok(await opensDoor(stdout.trim().split('\n').at(-1) ?? ''));
});

test('disabling, enabling and revoking a token take effect at once', async () => {
  const { token, token_id } = await json('token', 'issue', '--account', 'acme', '--name', 'passing');
  const id = String(token_id);
  assert.notEqual((await json('token', 'disable', id)).disabled_at, null);
  assert.equal(await opensDoor(token), false);
  assert.equal((await json('token', 'enable', id)).disabled_at, null);
  assert.ok(await opensDoor(token));
  assert.equal((await json('token', 'revoke', id)).token_id, token_id);
  assert.equal(await opensDoor(token), false);
  await failure(1, /There is no such token/, 'token', 'revoke', id);
  await failure(1, /There is no such token/, 'token', 'enable', id);
});

test('migrate brings an empty database up to date, and does nothing to a current one', async () => {
  const name = `${process.env.TEST_TEMPLATE}_empty`; // dropped with the others of this run
  await instance.query(`create database ${name}`);
  const empty = withDatabase(instance.url, name);
  const { code, stdout, stderr } = await paneldesk(['migrate', '--json'], { DATABASE_URL: empty });
  assert.equal(code, 0, stderr);
  assert.deepEqual(JSON.parse(stdout), { migrated: true });
  assert.match((await run('migrate')).stdout, /up to date/);
});

test('topics are added after the others, listed and archived', async () => {
  const added = await json('topic', 'add', 'vps', '--en', 'VPS', '--ru', 'Виртуальные серверы');
  assert.deepEqual([added.key, added.name], ['vps', { en: 'VPS', ru: 'Виртуальные серверы' }]);
  await json('topic', 'add', 'cdn', '--en', 'CDN', '--ru', 'CDN', '--position', '0');
  const keys = async () => (await json('topic', 'list')).map(({ key }: { key: string }) => key);
  assert.deepEqual(await keys(), ['cdn', 'servers', 'vps']);
  assert.notEqual((await json('topic', 'archive', 'vps')).archived_at, null);
  const client = await instance.client('acme');
  const { body } = await client.get('/support/topics');
  assert.deepEqual(
    body.items.map(({ key }: { key: string }) => key),
    ['cdn', 'servers'],
    'clients are not offered an archived one',
  );
  const events = await instance.query(
    `select type, actor_kind from events where type like 'topic.%' and data ->> 'key' = 'vps' order by id`,
  );
  assert.deepEqual(events, [
    { type: 'topic.added', actor_kind: 'system' },
    { type: 'topic.changed', actor_kind: 'system' },
  ]);
  assert.match((await run('topic', 'list')).stdout, /^key +en +ru +position +archived_at\n/);
  await failure(1, /There is already a topic with this key/, 'topic', 'add', 'cdn', '--en', 'a', '--ru', 'b');
  await failure(1, /There is no such topic/, 'topic', 'archive', 'nothing');
});

test('incidents are published, listed and ended', async () => {
  const titles = ['--en', 'No power', '--ru', 'Нет питания'];
  const published = await json('incident', 'publish', ...titles, '--topic', 'servers');
  assert.deepEqual(published.title, { en: 'No power', ru: 'Нет питания' });
  assert.deepEqual(published.topic_keys, ['servers']);
  const client = await instance.client('acme');
  const known = async () => (await client.get('/support/incidents')).body.items;
  assert.deepEqual(await known(), [published]);
  const { incident_id } = await json('incident', 'publish', ...titles);
  for (const { incident_id: id } of await json('incident', 'list'))
    assert.notEqual((await json('incident', 'end', String(id))).ended_at, null);
  assert.deepEqual(await known(), []);
  assert.match(
    (await run('incident', 'list')).stdout,
    /^incident_id +en +ru +topic_keys +created_at +ended_at\n/,
  );
  await failure(1, /There is no such topic/, 'incident', 'publish', ...titles, '--topic', 'nothing');
  await failure(1, /There is no such incident/, 'incident', 'end', String(incident_id + 1000));
});

test('openapi prints the document', async () => {
  const { code, stdout } = await run('openapi');
  assert.equal(code, 0);
  assert.equal(JSON.parse(stdout).openapi.slice(0, 3), '3.1');
});

test('a failure is explained in a sentence', async () => {
  const named = ['--name', 'Acme', '--email', 'a@clients.example'];
  await Promise.all([
    failure(1, /There is already an account with this external id/, 'account', 'add', 'acme', ...named),
    failure(
      1,
      /There is already a staff member with this/,
      'staff',
      'add',
      'anna@host.example',
      '--name',
      'A',
      '--role',
      'agent',
    ),
    failure(1, /There is no such account/, 'token', 'issue', '--account', 'nobody', '--name', 'a'),
  ]);
  await Promise.all([
    failure(
      1,
      /There is no such staff member/,
      'token',
      'issue',
      '--staff',
      'nobody@host.example',
      '--name',
      'a',
    ),
    failure(1, /There is no such token/, 'token', 'disable', '999999'),
    failure(1, /not empty/, 'demo'),
  ]);
});

test('wrong usage has another exit code than a failure', async () => {
  const named = ['--name', 'Acme', '--email', 'a@clients.example'];
  const wrong: Array<[sentence: RegExp, ...args: string[]]> = [
    [/unknown command 'close'/, 'close'],
    [/unknown option '--jsno'/, 'account', 'list', '--jsno'],
    [/missing required argument 'external-id'/, 'account', 'add', ...named],
    [/required option '--name <name>'/, 'account', 'add', 'third', '--email', 'a@clients.example'],
    [/"nobody" is not an e-mail address/, 'account', 'add', 'third', '--name', 'a', '--email', 'nobody'],
    [/"a@b, c@d" is not an e-mail/, 'staff', 'add', 'a@b, c@d', '--name', 'a', '--role', 'agent'],
    [/Allowed choices are en, ru/, 'account', 'add', 'third', ...named, '--locale', 'de'],
    [/Allowed choices are agent, admin/, 'staff', 'add', 'c@host.example', '--name', 'a', '--role', 'root'],
    [
      /name must have 1 to 255 characters/,
      'account',
      'add',
      'third',
      '--name',
      ' ',
      '--email',
      'a@clients.example',
    ],
    [/external id must have 1 to 200 characters/, 'account', 'add', '', ...named],
    [/external id must have 1 to 200 characters/, 'account', 'add', 'x'.repeat(201), ...named],
    [/name must have 1 to 100 characters/, 'token', 'issue', '--service', '--name', '\u2800\u3164'],
    [
      /name must have 1 to 255 characters/,
      'staff',
      'add',
      'c@host.example',
      '--name',
      '\u200b',
      '--role',
      'agent',
    ],
    [/name must have 1 to 100 characters/, 'token', 'issue', '--account', 'acme', '--name', 'x'.repeat(101)],
    [/Give the owner of the token/, 'token', 'issue', '--name', 'a'],
    [
      /cannot be used with/,
      'token',
      'issue',
      '--account',
      'acme',
      '--staff',
      'anna@host.example',
      '--name',
      'a',
    ],
    [/"New One" is not a key/, 'topic', 'add', 'New One', '--en', 'a', '--ru', 'b'],
    [/"none" is not a key/, 'topic', 'add', 'none', '--en', 'a', '--ru', 'b'],
    [/required option '--ru <name>'/, 'topic', 'add', 'one', '--en', 'a'],
    [/"-1" is not a position/, 'topic', 'add', 'one', '--en', 'a', '--ru', 'b', '--position=-1'],
    [/Russian name must have 1 to 100/, 'topic', 'add', 'one', '--en', 'a', '--ru', ' '],
    [/Russian title must have 1 to 200/, 'incident', 'publish', '--en', 'a', '--ru', ' '],
    [/"abc" is not the id of an incident/, 'incident', 'end', 'abc'],
    [/"abc" is not the id of a token/, 'token', 'disable', 'abc'],
    [/"1e3" is not the id of a token/, 'token', 'revoke', '1e3'],
    [/too many arguments/, 'token', 'enable', '1', '2'],
  ];
  for (let i = 0; i < wrong.length; i += 4) {
    await Promise.all(wrong.slice(i, i + 4).map(([sentence, ...args]) => failure(2, sentence, ...args)));
  }
  const accounts = await instance.query(
    `select external_id from accounts where external_id not in ('acme', 'second')`,
  );
  assert.deepEqual(accounts, [], 'nothing of it is stored');
});

test('every command has help', async () => {
  const commands = [
    '',
    'serve',
    'migrate',
    'account',
    'account add',
    'account list',
    'staff add',
    'token issue',
  ];
  const more = [
    'token list',
    'token disable',
    'token enable',
    'token revoke',
    'topic add',
    'topic list',
    'topic archive',
    'incident publish',
    'incident list',
    'incident end',
    'demo',
    'openapi',
  ];
  await Promise.all(
    [...commands, ...more].map(async (command) => {
      const { code, stdout } = await run(...command.split(' ').filter(Boolean), '--help');
      assert.equal(code, 0, command);
      assert.ok(stdout.startsWith(`Usage: ${`paneldesk ${command}`.trim()}`), stdout);
    }),
  );
  assert.match((await run('--version')).stdout, /^\d+\.\d+\.\d+\n$/);
  const bare = await run();
  assert.equal(bare.code, 2);
  assert.match(bare.stderr, /^Usage: paneldesk/);
});

test('an unreachable database and invalid settings are explained in sentences', async () => {
  const nowhere = await paneldesk(['account', 'list'], { DATABASE_URL: 'postgresql://localhost:1/nowhere' });
  assert.deepEqual([nowhere.code, nowhere.stdout], [1, '']);
  assert.match(
    nowhere.stderr,
    /^Database: localhost:1\/nowhere \(DATABASE_URL\)\npaneldesk: The database does not respond: connect ECONNREFUSED [^\n]+\n$/,
  );
  const unfit = await paneldesk(['account', 'list'], { ...env, PORT: 'http', DEMO: 'maybe' });
  assert.equal(unfit.code, 1);
  assert.match(unfit.stderr, /PORT: "http" is not a whole number.*\n.*DEMO: "maybe" is not one of/);
});

test('--json as the value of another option does not switch to JSON', async () => {
  const { stdout } = await run('account', 'add', 'odd', '--name=--json', '--email', 'odd@clients.example');
  assert.match(stdout, /^Account \d+ \(odd\) added\.\n$/);
});
