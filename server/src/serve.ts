/** `paneldesk serve`: the server with its demo data, its output and its signals. */
import { once } from 'node:events';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeDemo } from '#demo/demo.ts';
import { addDefaultTopics } from '#desk/topics/defaults.ts';
import { credentialsPath } from '#faces/demo-credentials.ts';
import type { Config } from './config.ts';
import { stopSignal } from './signals.ts';
import { checkDataDir, checkPort } from './start-checks.ts';
import { databaseName, openMigrated, webFolder } from './storage.ts';

const DATABASE_PATIENCE_MS = 60_000;

export async function serve(config: Config): Promise<void> {
  const stopping = stopSignal(); // registered first: an interrupted start must not leave its database running
  const server = await start(config, stopping);
  announce(config, server.address);
  if (!stopping.aborted) await once(stopping, 'abort');
  await server.stop();
  forgetAddress(config, server.address);
  process.exit(0);
}

async function start(config: Config, stopping: AbortSignal) {
  const patience = AbortSignal.any([stopping, AbortSignal.timeout(DATABASE_PATIENCE_MS)]);
  const hasDemo = config.demo === 'on' || (config.demo === 'auto' && config.databaseUrl === '');
  try {
    await checkPort(config);
    checkDataDir(config);
    const opened = openMigrated(config, { stopping, retryUntil: patience });
    const { startServer } = await import('./main.ts'); // read while the database starts
    return await startServer(config, opened, { stopping }, async (database, files) => {
      if (hasDemo) await makeDemo(database, files, config.dataDir, stopping);
      await database.transact(addDefaultTopics);
    });
  } catch (error) {
    if (!stopping.aborted) throw error;
    console.error('Stopped before the server was ready.');
    process.exit(0);
  }
}

function announce(config: Config, address: string) {
  const url = config.publicUrl || address;
  const isOther = !config.portGiven && new URL(address).port !== String(config.port);
  const taken = isOther ? ` (port ${config.port} is taken)` : '';
  const demoKeys = credentialsPath(config.dataDir);
  const hasDemo = existsSync(demoKeys);
  const maySignIn = hasDemo && !config.publicUrl.startsWith('https:'); // to the demo, from this machine
  const isBuilt = existsSync(join(webFolder, 'console', 'index.html'));
  const notBuilt = 'is not built: npm run build';
  writeFileSync(addressFile(config), `${address}\n`);
  const lines = [
    `Paneldesk is ready at ${url}${taken}`,
    `  open this   ${url}/${maySignIn ? ' and sign in as anybody of the demo' : ''}`,
    `  console     ${isBuilt ? `${url}/console` : notBuilt}`,
    `  portal      ${isBuilt ? `${url}/portal` : notBuilt}`,
    `  reference   ${url}/docs`,
    `  health      ${url}/health/ready`,
    `  database    ${databaseName(config)}`,
    `  sign in     send a key as X-Token${hasDemo ? `; demo keys and passwords are in ${demoKeys}` : ''}`,
    '  more keys   npx paneldesk token issue --help',
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}

/** The server's address, for local programs; of several servers on one data folder, the last one to start. */
const addressFile = ({ dataDir }: Config) => join(dataDir, 'address');

function forgetAddress(config: Config, address: string) {
  const file = addressFile(config);
  const isOurs = existsSync(file) && readFileSync(file, 'utf8').trim() === address;
  if (isOurs) rmSync(file, { force: true });
}
