/** `paneldesk serve`: the server with its demo data, what it prints, and its signals. */
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from './config.ts';
import { makeDemo } from './demo/demo.ts';
import { startServer } from './main.ts';

const DATABASE_PATIENCE_MS = 60_000;

export async function serve(config: Config): Promise<void> {
  const stopping = stopSignal(); // from now on: a start that is cut short must not leave its database running
  const patience = AbortSignal.any([stopping, AbortSignal.timeout(DATABASE_PATIENCE_MS)]);
  const hasDemo = config.demo === 'on' || (config.demo === 'auto' && config.databaseUrl === '');
  const server = await startServer(config, patience, async (database, files) => {
    if (hasDemo) await makeDemo(database, files, config.dataDir);
  });
  announce(config, server.address);
  if (!stopping.aborted) await once(stopping, 'abort');
  await server.stop();
  process.exit(0);
}

function announce(config: Config, address: string) {
  const url = config.publicUrl || address;
  const isOther = !config.portGiven && new URL(address).port !== String(config.port);
  const taken = isOther ? ` (port ${config.port} is taken)` : '';
  const demoKeys = join(config.dataDir, 'demo-credentials.json');
  const lines = [
    `Paneldesk is ready at ${url}${taken}`,
    `  reference   ${url}/docs`,
    `  health      ${url}/health/ready`,
    `  sign in     send a key as X-Token${existsSync(demoKeys) ? `; demo keys and passwords are in ${demoKeys}` : ''}`,
    '  more keys   npx paneldesk token issue --help',
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}

/** The first signal stops the server; it takes DRAIN_SECONDS at most, so later ones change nothing. */
function stopSignal(): AbortSignal {
  const stopping = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stopping.abort());
  return stopping.signal;
}
