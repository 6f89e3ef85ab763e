/** `npm run check` runs this: installs the tools when they are missing or stale, and tries them on docs/openapi.json. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const here = import.meta.dirname;
const read = (...path: string[]) => readFileSync(join(here, ...path), 'utf8');
const written = (path: string) => (existsSync(join(here, path)) ? read(path) : '');

/** What was installed, and what was tried and found good: both go with node_modules. */
const INSTALLED = join('node_modules', '.installed');
const GOOD = join('node_modules', '.good');

const lock = hash([read('package-lock.json')]);
if (written(INSTALLED) !== lock) {
  run(process.env.npm_execpath ?? 'npm', 'ci', '--ignore-scripts', '--no-audit', '--no-fund');
  writeFileSync(join(here, INSTALLED), lock);
}

const tried = hash([
  lock,
  read('..', '..', 'docs', 'openapi.json'),
  ...['check.ts', 'openapi.test.ts', 'redocly.yaml', '.spectral.yaml'].map((name) => read(name)),
  ...readdirSync(join(here, 'clients')).map((name) => read('clients', name)),
]);
if (written(GOOD) !== tried) {
  run(process.execPath, '--test', 'openapi.test.ts');
  writeFileSync(join(here, GOOD), tried);
}

function run(command: string, ...args: string[]) {
  const script = /\.[cm]?js$/.test(command) ? [process.execPath, command] : [command];
  const { status } = spawnSync(script[0] ?? '', [...script.slice(1), ...args], {
    cwd: here,
    stdio: 'inherit',
  });
  if (status !== 0) process.exit(1);
}

function hash(texts: string[]): string {
  return createHash('sha256').update(texts.join('\0')).digest('hex');
}
