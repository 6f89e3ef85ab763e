/**
 * `npm run codegen`: writes the API's types, client and queries to web/src/api/generated. With `--check` it writes
 * nothing, and fails when they are not those of docs/openapi.json. The generator does not run on the TypeScript of the
 * project, so it has a lock file of its own.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const here = import.meta.dirname;
const generated = join(here, '..', 'src', 'api', 'generated');

if (!existsSync(join(here, 'node_modules', '@hey-api'))) {
  run(process.env.npm_execpath ?? 'npm', 'ci', '--ignore-scripts', '--no-audit', '--no-fund');
}
const generator = join(here, 'node_modules', '@hey-api', 'openapi-ts', 'bin', 'run.js');

if (process.argv.includes('--check')) {
  const other = mkdtempSync(join(tmpdir(), 'paneldesk-codegen-'));
  process.env.CODEGEN_FOLDER = other; // read by openapi-ts.config.ts
  run(generator);
  const stale = [...filesOf(generated).union(filesOf(other))].filter(
    (path) => textOf(generated, path) !== textOf(other, path),
  );
  rmSync(other, { recursive: true });
  if (stale.length > 0) {
    console.error(`web/src/api/generated is stale (${stale.join(', ')}): run npm run codegen`);
    process.exit(1);
  }
} else run(generator);

function filesOf(folder: string): Set<string> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return new Set(
    entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(folder.length)),
  );
}

function textOf(folder: string, path: string): string | null {
  const file = join(folder, path);
  return existsSync(file) ? readFileSync(file, 'utf8') : null;
}

function run(command: string, ...args: string[]) {
  const script = /\.[cm]?js$/.test(command) ? [process.execPath, command] : [command];
  const { status, stdout, stderr } = spawnSync(script[0] ?? '', [...script.slice(1), ...args], {
    cwd: here,
    encoding: 'utf8',
  });
  if (status === 0) return;
  console.error(stdout + stderr);
  process.exit(1);
}
