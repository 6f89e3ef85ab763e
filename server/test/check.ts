/** `npm run check`: every check that does not run the product. Prints what failed, and then exits with 1. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');
const bin = (name: string) => join(root, 'node_modules', '.bin', name);

const checks: Record<string, string[]> = {
  'format and lint': [bin('biome'), 'check', '--error-on-warnings', '.'],
  types: [bin('tsc'), '-p', '.'],
  'types of the web': [bin('tsc'), '--noEmit', '-p', 'web'],
  'imports, messages and build of the web': [process.execPath, '--test', 'web/test/*.test.ts'],
  'client of the API': [process.execPath, 'web/codegen/generate.ts', '--check'],
  'architecture, generated docs': [
    process.execPath,
    '--test',
    'server/test/architecture.test.ts',
    'server/test/reference.test.ts',
  ],
  'OpenAPI in other people’s tools': [process.execPath, 'tools/openapi/check.ts'],
};

for (const [name, [command = '', ...args]] of Object.entries(checks)) {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: root, encoding: 'utf8' });
  console.log(`${status === 0 ? '✔' : '✖'} ${name}`);
  if (status === 0) continue;
  console.log(stdout + stderr);
  process.exitCode = 1;
}
