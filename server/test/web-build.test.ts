/** Building the web before a start: when, and what a failure does. A stand-in for Vite writes what Vite would. */
import assert from 'node:assert/strict';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, beforeEach, mock, test } from 'node:test';
import { build, buildIfStale, isStale } from '../../web/build.ts';

const root = mkdtempSync(join(tmpdir(), 'paneldesk-build-'));
after(() => rmSync(root, { recursive: true, force: true }));
const web = join(root, 'web');
const dist = (name: string) => join(web, 'dist', name);
const settings = (face: string) => `vite.${face}.ts`;

const vite = `
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
const option = (name) => process.argv[process.argv.indexOf(name) + 1];
if (!process.argv.includes('--outDir')) throw new Error('It writes over what is served.');
const face = option('--config').split('.')[1];
const out = option('--outDir');
rmSync(out, { recursive: true, force: true });
const source = readFileSync('src/' + face + '/main.tsx', 'utf8');
if (source === 'wrong') process.exit(1);
mkdirSync(out + '/assets', { recursive: true });
writeFileSync(out + '/index.html', source);
writeFileSync(out + '/assets/main-1234.js', source.repeat(100));
`;

/** Everything is a minute old. */
beforeEach(() => {
  rmSync(web, { recursive: true, force: true });
  const files = {
    [settings('console')]: '',
    [settings('portal')]: '',
    'src/console/main.tsx': 'console',
    'src/portal/main.tsx': 'portal',
    '../package-lock.json': '{}',
    'node_modules/vite/package.json': '{"type":"module"}',
    'node_modules/vite/bin/vite.js': vite,
  };
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(web, name, '..'), { recursive: true });
    writeFileSync(join(web, name), text);
  }
  const ago = Date.now() / 1000 - 60;
  for (const name of ['', ...readdirSync(root, { recursive: true, encoding: 'utf8' })])
    utimesSync(join(root, name), ago, ago);
});

const said = mock.method(console, 'log', () => {});
const complained = mock.method(console, 'error', () => {});
const linesOf = ({ mock }: typeof said) => mock.calls.map(({ arguments: [line] }) => String(line)).join('\n');
beforeEach(() => {
  said.mock.resetCalls();
  complained.mock.resetCalls();
});

test('a start builds the web when there is no build, says so, and the next one does not', async () => {
  await buildIfStale(web);
  assert.match(linesOf(said), /^Building the web: console and portal\.\nBuilt the web in \d+\.\d s\.$/);
  for (const face of ['console', 'portal']) {
    assert.ok(existsSync(dist(`${face}/index.html`)));
    assert.deepEqual(readdirSync(dist(`${face}/assets`)), [
      'main-1234.js',
      'main-1234.js.br',
      'main-1234.js.gz',
    ]);
  }
  said.mock.resetCalls();
  await buildIfStale(web);
  assert.equal(said.mock.callCount(), 0);
});

test('a build is stale when a source, a setting or a dependency is newer, or a source has been removed', async () => {
  await build(web);
  assert.equal(isStale(web), false);
  const later = Date.now() / 1000 + 5;
  for (const name of ['src/portal/main.tsx', settings('console'), '../package-lock.json', 'src/console']) {
    utimesSync(join(web, name), later, later);
    assert.equal(isStale(web), true, name);
    utimesSync(join(web, name), later - 100, later - 100);
    assert.equal(isStale(web), false, name);
  }
  rmSync(join(web, 'dist'), { recursive: true });
  assert.equal(isStale(web), true);
});

test('the build from before is there until the next one takes its place', async () => {
  await build(web);
  const indexOf = (face: string) => readFileSync(dist(`${face}/index.html`), 'utf8');
  writeFileSync(join(web, 'src/console/main.tsx'), 'newer');
  writeFileSync(join(web, 'src/portal/main.tsx'), 'wrong');
  await assert.rejects(build(web));
  assert.deepEqual([indexOf('console'), indexOf('portal')], ['console', 'portal']);
  writeFileSync(join(web, 'src/portal/main.tsx'), 'newer');
  await build(web);
  assert.deepEqual([indexOf('console'), indexOf('portal')], ['newer', 'newer']);
  assert.deepEqual(readdirSync(dist('.')).sort(), ['built', 'console', 'portal']);
});

test('a web that cannot be built does not keep the server from starting, and is tried again', async () => {
  writeFileSync(join(web, 'src/portal/main.tsx'), 'wrong');
  await buildIfStale(web);
  assert.match(linesOf(complained), /^The web is not built: .*\nThe server starts without .* npm run build$/);
  assert.equal(isStale(web), true);
  await assert.rejects(build(web), /Vite could not build it/, 'npm run build fails');
});

test('without Vite, as in an installation without development dependencies, a start says so', async () => {
  const bare = join(root, 'bare'); // Node remembers where it has found a package
  renameSync(web, bare);
  rmSync(join(bare, 'node_modules'), { recursive: true });
  await buildIfStale(bare);
  assert.match(linesOf(complained), /^The web is not built: Cannot find module 'vite/);
});

test('without sources there is nothing to build', async () => {
  rmSync(web, { recursive: true });
  await buildIfStale(web);
  assert.deepEqual([said.mock.callCount(), complained.mock.callCount()], [0, 0]);
});
