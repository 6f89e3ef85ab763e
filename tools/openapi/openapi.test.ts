/** docs/openapi.json in the hands of other people's tools. Run by check.ts, which installs them first. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';

const here = import.meta.dirname;
const document = join(here, '..', '..', 'docs', 'openapi.json');
const room = mkdtempSync(join(tmpdir(), 'paneldesk-clients-'));
after(() => rmSync(room, { recursive: true, force: true }));
cpSync(join(here, 'clients'), room, { recursive: true });

/** Runs a tool of this folder; what it printed is the message of a failure. */
function run(script: string, ...args: string[]): Promise<string> {
  const env = {
    ...process.env,
    REDOCLY_TELEMETRY: 'off',
    REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true',
    NO_COLOR: '1',
  };
  return new Promise((resolve, reject) => {
    const command = [join(here, 'node_modules', script), ...args];
    execFile(process.execPath, command, { cwd: room, env }, (error, stdout, stderr) => {
      if (error) reject(new Error(`${script} failed:\n${stdout}${stderr}`));
      else resolve(stdout + stderr);
    });
  });
}

test('Redocly finds nothing to mend', async () => {
  const said = await run('@redocly/cli/bin/cli.js', 'lint', document, '--config', join(here, 'redocly.yaml'));
  assert.doesNotMatch(said, /You have \d+ warning/, said);
});

test('Spectral finds nothing to mend', async () => {
  const rules = join(here, '.spectral.yaml');
  await run(
    '@stoplight/spectral-cli/dist/index.js',
    'lint',
    document,
    '-r',
    rules,
    '--fail-severity',
    'hint',
  );
});

test('openapi-typescript, hey-api and orval make clients that compile, with types as narrow as programs need', async () => {
  const generated = join(room, 'generated');
  mkdirSync(generated);
  const orval = {
    paneldesk: { input: document, output: { target: join(generated, 'orval.ts'), client: 'fetch' } },
  };
  writeFileSync(join(room, 'orval.config.mjs'), `export default ${JSON.stringify(orval)};`);
  await Promise.all([
    run('openapi-typescript/bin/cli.js', document, '-o', join(generated, 'openapi-typescript.d.ts')),
    run('@hey-api/openapi-ts/bin/run.js', '-i', document, '-o', join(generated, 'hey-api'), '--no-log-file'),
    run('orval/dist/bin/orval.mjs', '--config', 'orval.config.mjs'),
  ]);
  await run('typescript/bin/tsc', '-p', 'tsconfig.json');
});

interface Item {
  name: string;
  item?: Item[];
  request?: {
    url: { host: string[] };
    auth?: { type: string };
    body?: { mode: string; raw?: string; formdata?: object[] };
  };
}

test('Postman imports every operation, asks for the server, and fills in the examples', async () => {
  const { convertV2 } = createRequire(import.meta.url)('openapi-to-postmanv2');
  const api = JSON.parse(readFileSync(document, 'utf8'));
  const options = { folderStrategy: 'Tags', parametersResolution: 'Example' };
  const { collection, reason } = await new Promise<{
    collection: { item: Item[]; variable: Array<{ key: string; value: string }> };
    reason: string;
  }>((resolve, reject) =>
    convertV2(
      { type: 'json', data: api },
      options,
      (error: Error | null, found: { reason: string; output: Array<{ data: never }> }) =>
        error
          ? reject(error)
          : resolve({ collection: found.output?.[0]?.data ?? (null as never), reason: found.reason }),
    ),
  );
  assert.ok(collection, reason);
  const variables = Object.fromEntries(collection.variable.map(({ key, value }) => [key, value]));
  assert.deepEqual(variables, { scheme: 'http', host: 'localhost:8080', baseUrl: '{{scheme}}://{{host}}' });
  const requests = requestsIn(collection.item);
  const operations = Object.values<object>(api.paths).flatMap((path) => Object.values(path));
  assert.equal(requests.length, operations.length);
  const create = requests.find(({ name }) => name === 'Create ticket');
  assert.equal(create?.request?.auth?.type, 'apikey');
  const { value } =
    api.paths['/support/tickets'].post.requestBody.content['application/json'].examples.example;
  assert.deepEqual(JSON.parse(create?.request?.body?.raw ?? ''), value);
  const upload = requests.find(({ name }) => name === 'Upload a file');
  assert.equal(upload?.request?.body?.mode, 'formdata');
});

const requestsIn = (items: Item[]): Item[] =>
  items.flatMap((one) => (one.item ? requestsIn(one.item) : [one]));
