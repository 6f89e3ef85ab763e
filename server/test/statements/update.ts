/**
 * `npm run statements [-- test files]`: runs the tests with the recorder and writes the catalogue. With files it adds what
 * these run; without, the whole suite decides what stands in it. What is no longer in the code goes in either case.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readCatalogue, writeCatalogue } from './catalogue.ts';
import { readCode } from './code.ts';
import { choose, readRecorded } from './collect.ts';

const files = process.argv.slice(2);
const code = readCode();
code.close();
const places = new Map(code.templates.map(({ hash, file }) => [hash, file]));
const isInCode = (hash: string) => places.has(hash);

const folder = mkdtempSync(join(tmpdir(), 'paneldesk-statements-'));
const { status } = runTests(files.length > 0 ? files : ['server/**/*.test.ts'], folder);
const recorded = readRecorded(folder, isInCode);
rmSync(folder, { recursive: true });

const known = readCatalogue().filter(({ hash, parts }) => [hash, ...parts].every(isInCode));
const wasSeen = new Set(recorded.map(({ hash, text }) => `${hash} ${text}`));
const kept = files.length > 0 ? known : known.filter(({ hash, text }) => wasSeen.has(`${hash} ${text}`));
const statements = choose(kept, recorded);
writeCatalogue(statements, (hash) => places.get(hash) ?? '');
console.log(`The catalogue has ${statements.length} statements.`);
process.exitCode = status ?? 1;

function runTests(which: string[], folder: string) {
  const record = join(import.meta.dirname, 'record.ts');
  const options = ['--test', '--test-concurrency=3', '--test-global-setup=server/test/global-setup.ts'];
  return spawnSync(process.execPath, [...options, ...which], {
    cwd: join(import.meta.dirname, '..', '..', '..'),
    stdio: 'inherit',
    env: { ...process.env, STATEMENTS_FOLDER: folder, NODE_OPTIONS: `--import=${record}` },
  });
}
