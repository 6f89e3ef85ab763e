/** `paneldesk serve`: the server with its demo data, what it prints, and its signals. */
import { join } from 'node:path';
import type { Config } from './config.ts';
import { makeDemo } from './demo/demo.ts';
import { openFiles, openMigrated, type Running, startServer } from './main.ts';

export async function serve(config: Config): Promise<void> {
  if (config.demo === 'on' || (config.demo === 'auto' && config.databaseUrl === ''))
    await makeDemoOnce(config);
  const server = await startServer(config);
  announce(config, server.address);
  stopOnSignals(server);
}

async function makeDemoOnce(config: Config) {
  const { database, close } = await openMigrated(config);
  try {
    await makeDemo(database, await openFiles(config), config.dataDir);
  } finally {
    await close();
  }
}

function announce(config: Config, address: string) {
  const url = config.publicUrl || address;
  const taken = new URL(address).port === String(config.port) ? '' : ` (port ${config.port} is taken)`;
  const lines = [
    `Paneldesk is ready at ${url}${taken}`,
    `  reference   ${url}/docs`,
    `  health      ${url}/health/ready`,
    `  sign in     send a key as X-Token; demo keys are in ${join(config.dataDir, 'demo-credentials.json')}`,
    '  more keys   npx paneldesk token issue --help',
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}

/** The first signal drains, a second one gives up waiting. */
function stopOnSignals(server: Running) {
  let stopping = false;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (stopping) return;
      stopping = true;
      server.stop().then(
        () => process.exit(0),
        (error) => {
          console.error(error);
          process.exit(1);
        },
      );
    });
  }
}
