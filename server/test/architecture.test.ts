/** The rules for imports, and other conventions that cannot be seen from one file. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readSources } from './sources.ts';

type Kind =
  | 'config'
  | 'base'
  | 'db'
  | 'events'
  | 'schema'
  | 'verbs'
  | 'http'
  | 'routes'
  | 'worker'
  | 'app'
  | 'demo'
  | 'entry';

/** Files whose name alone does not say what they are. */
const kinds: Record<string, Kind> = {
  'actor.ts': 'base',
  'config.ts': 'config',
  'errors.ts': 'base',
  'visible.ts': 'base',
  'platform/events/events.ts': 'events',
  'people/access/scopes.ts': 'base',
  'faces/demo-credentials.ts': 'verbs', // a file, not HTTP
  'people/staff/sessions/session-cookies.ts': 'http',
  // These speak HTTP for their resource: bytes and streams are not JSON that a route could return.
  'desk/feed/stream.ts': 'http',
  'desk/files/receive.ts': 'http',
  'desk/files/send.ts': 'http',
  'worker.ts': 'worker',
  'app.ts': 'app',
  'routes.ts': 'app',
  'cli.ts': 'entry',
  'main.ts': 'entry',
  'openapi.ts': 'entry',
  'serve.ts': 'entry',
  'signals.ts': 'base',
  'platform/day.ts': 'base',
  'platform/http/ajv.ts': 'schema',
  'platform/http/saved-responses.ts': 'verbs', // a table, not HTTP
  'platform/secrets.ts': 'base',
  'platform/sql.ts': 'base',
  'platform/type.ts': 'base',
  'start-checks.ts': 'entry',
};

const mayImport: Record<Kind, Kind[]> = {
  config: [],
  base: ['base'],
  db: ['base', 'db'],
  events: ['base', 'db'],
  schema: ['base', 'schema'], // and platform/http/schemas.ts, the parts of API schemas
  verbs: ['base', 'db', 'events', 'schema', 'verbs'],
  http: ['base', 'db', 'events', 'schema', 'verbs', 'http'],
  routes: ['base', 'db', 'events', 'schema', 'verbs', 'http'],
  worker: ['config', 'base', 'db', 'events', 'schema', 'verbs', 'http', 'worker'],
  app: ['config', 'base', 'db', 'events', 'schema', 'verbs', 'http', 'routes', 'app'],
  demo: ['base', 'db', 'events', 'schema', 'verbs', 'demo'],
  entry: ['config', 'base', 'db', 'events', 'schema', 'verbs', 'http', 'worker', 'app', 'demo', 'entry'],
};

function kindOf(file: string): Kind {
  const known = kinds[file];
  if (known) return known;
  if (file.startsWith('cli/')) return 'entry';
  if (file.startsWith('../demo/')) return 'demo';
  if (/^platform\/events\/types(\/|\.ts$)/.test(file)) return 'base';
  if (file.startsWith('platform/db/')) return 'db';
  if (file.startsWith('faces/') && file !== 'faces/routes.ts') return 'http';
  if (/^(platform\/http\/|people\/access\/|people\/authenticate)/.test(file)) return 'http';
  if (/\/(\w+-)?routes\.ts$/.test(file)) return 'routes';
  return /(^|\/)(((access|can)-)?schema|(given-)?examples)\.ts$/.test(file) ? 'schema' : 'verbs';
}

const sources = [...readSources(), ...readSources('../demo')];
const product = sources.filter(({ file }) => !file.endsWith('.test.ts'));

test('every file imports only what its kind may import', () => {
  const wrong = product.flatMap(({ file, imports }) =>
    imports
      .filter(({ isPackage }) => !isPackage)
      .filter(({ from, isType }) => !fits(file, from, isType))
      .map(({ from }) => `${file} (${kindOf(file)}) imports ${from} (${kindOf(from)})`),
  );
  assert.deepEqual(wrong, []);
});

function fits(file: string, from: string, isType: boolean): boolean {
  const kind = kindOf(file);
  if (from.endsWith('.test.ts') || from.startsWith('../test/')) return false;
  if (['schema', 'demo'].includes(kind) && from === 'platform/http/schemas.ts') return true;
  if (from === 'config.ts' && isType) return true;
  return mayImport[kind].includes(kindOf(from));
}

/** The files that pass the environment to config.ts. cli.ts reads DEBUG as well. */
const knowsEnvironment = ['cli.ts', 'cli/database.ts'];

test('only HTTP files import Fastify, and only the command reads the environment', () => {
  const knowsFastify = ['http', 'routes', 'app'];
  for (const { file, text, imports } of product) {
    if (!knowsFastify.includes(kindOf(file))) {
      assert.deepEqual(
        imports.filter(({ from }) => /^@?fastify\b/.test(from)),
        [],
        file,
      );
    }
    if (!knowsEnvironment.includes(file)) assert.doesNotMatch(text, /process\.env\b|'node:process'/, file);
  }
});

/** Passwords have their own salts, and everybody may know how those of the demo are made. */
const makesSecrets = ['platform/secrets.ts', 'people/staff/passwords.ts', '../demo/credentials.ts'];

test('secrets are made and compared in one place', () => {
  for (const { file, text } of product) {
    if (!makesSecrets.includes(file)) assert.doesNotMatch(text, /\b(randomBytes|timingSafeEqual)\b/, file);
  }
});

test('only isAdmin decides whether somebody is an admin, because it respects the limits of a token', () => {
  const readers = product.filter(({ file }) => file !== 'actor.ts' && !file.startsWith('../demo/'));
  for (const { file, text } of readers) {
    assert.ok(!/(?<!change\.)\brole [!=]== '(agent|admin)'/.test(text), file);
  }
});

/** `write.ts` does it with every comment that changes the state. */
const unassigning = ['desk/tickets/release.ts', 'desk/tickets/comments/write.ts'];

test('every change of a ticket’s state unassigns a reopened ticket from a disabled assignee', () => {
  const moving = product.filter(
    ({ file, text }) => file !== 'desk/tickets/move.ts' && /\b(movedTo|earlierStates)\(/.test(text),
  );
  assert.ok(moving.length >= 5);
  for (const { file, imports } of moving) {
    assert.ok(
      imports.some(({ from }) => unassigning.includes(from)),
      file,
    );
  }
});

/** The same codes for other reasons than a ticket's state: the author of a comment, the age of a bulk action. */
const otherUses: Record<string, string> = {
  'desk/tickets/votes/votes.ts': 'vote_not_allowed',
  'desk/bulk/undo.ts': 'too_late_to_undo',
};

test('only the table of rules refuses an action because of the state of its ticket', () => {
  const refusals = product.find(({ file }) => file === 'desk/tickets/refusals.ts')?.text ?? '';
  const codes = new Set([...refusals.matchAll(/'([a-z]+(?:_[a-z]+)+)',\n?\s/g)].map(([, code]) => code));
  assert.ok(codes.has('ticket_closed') && codes.size > 15, [...codes].join());
  for (const { file, text } of product) {
    if (file === 'desk/tickets/refusals.ts') continue;
    const found = [...text.matchAll(/conflict\(\s*'(\w+)'/g)].map(([, code]) => code);
    const wrong = found.filter((code) => codes.has(code) && otherUses[file] !== code);
    assert.deepEqual(wrong, [], file);
  }
});

test('no file imports itself in a circle', () => {
  const next = new Map(
    product.map(({ file, imports }) => [
      file,
      imports.filter(({ isType, isPackage }) => !isType && !isPackage),
    ]),
  );
  const done = new Set<string>();
  const walk = (file: string, path: string[]) => {
    assert.ok(!path.includes(file), `a circle: ${[...path, file].join(' → ')}`);
    if (done.has(file)) return;
    for (const { from } of next.get(file) ?? []) walk(from, [...path, file]);
    done.add(file);
  };
  for (const { file } of product) walk(file, []);
});

/** Files longer than 300 lines, and why. */
const long: Record<string, string> = {
  'platform/events/events.test.ts': 'a table of all that can happen',
};

test('no file is longer than 300 lines without a reason', () => {
  const found = sources.filter(({ text, file }) => text.split('\n').length > 301 && !long[file]);
  assert.deepEqual(
    found.map(({ file }) => file),
    [],
  );
});

test('every exported name is used by another file', () => {
  const readers = ['', '../demo', '../test', '../../bench', '../../chaos'].flatMap((folder) =>
    readSources(folder),
  );
  const used = new Set(
    readers
      .flatMap(({ imports }) => imports)
      .flatMap(({ from, names }) => names.map((name) => `${from} ${name}`)),
  );
  const unused = product.flatMap(({ file, text }) =>
    [...text.matchAll(/^export (?:async )?(?:const|let|function\*?|class|interface|type) (\w+)/gm)]
      .map(([, name]) => `${file} ${name}`)
      .filter((one) => !used.has(one) && !used.has(`${file} *`)),
  );
  assert.deepEqual([...new Set(unused)], []);
});
