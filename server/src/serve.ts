/** `paneldesk serve`: the server with its demo data, what it prints, and its signals. */
import { join } from 'node:path';
import type { Config } from './config.ts';
import { makeDemo } from './demo/demo.ts';
import { openFiles, openMigrated, startServer } from './main.ts';

export async function serve(config: Config): Promise<void> {
  const signalled = untilSignal(); // listens from now on: a start that is cut short must not leave its database running
  if (config.demo === 'on' || (config.demo === 'auto' && config.databaseUrl === ''))
    await makeDemoOnce(config);
  const server = await startServer(config);
  announce(config, server.address);
  await signalled;
  await server.stop();
  process.exit(0);
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
  const isOther = !config.portGiven && new URL(address).port !== String(config.port);
  const taken = isOther ? ` (port ${config.port} is taken)` : '';
  const lines = [
    `Paneldesk is ready at ${url}${taken}`,
    `  reference   ${url}/docs`,
    `  health      ${url}/health/ready`,
    `  sign in     send a key as X-Token; demo keys are in ${join(config.dataDir, 'demo-credentials.json')}`,
    '  more keys   npx paneldesk token issue --help',
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}

/** The first signal stops the server; it takes DRAIN_SECONDS at most, so later ones change nothing. */
function untilSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => resolve());
  });
}
