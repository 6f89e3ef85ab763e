/**
 * Checks that run before anything is created, for what would make the start fail. Each failure says in one sentence
 * what to set.
 */
import { once } from 'node:events';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { type Config, ConfigError } from './config.ts';

/** Throws when PORT was set and cannot be listened on. */
export async function checkPort({ port, host, portGiven }: Config): Promise<void> {
  if (!portGiven || port === 0) return;
  const probe = createServer();
  try {
    await once(probe.listen({ port, host }), 'listening');
  } catch (error) {
    throw portError(error as NodeJS.ErrnoException, port, host);
  } finally {
    await new Promise((resolve) => probe.close(resolve));
  }
}

/** Why this port is not available, and what to set. */
export function portError(error: NodeJS.ErrnoException, port: number, host: string): Error {
  const sentences: Record<string, string> = {
    EADDRINUSE: `Port ${port} on ${host} is taken by another program. Set PORT to a free one.`,
    EACCES: `Port ${port} may not be used by this user. Set PORT to one above 1023.`,
    EADDRNOTAVAIL: `${host} is not an address of this machine. Set HOST to one that is.`,
    ENOTFOUND: `${host} is not an address of this machine. Set HOST to one that is.`,
  };
  const sentence = sentences[error.code ?? ''];
  return sentence ? new ConfigError(sentence) : error;
}

/** Creates the data folder when it is missing. Throws when it cannot be written. */
export function checkDataDir({ dataDir, databaseUrl }: Config): void {
  const isPassedByOther = databaseUrl === '' && process.getuid?.() === 0; // the user who runs PostgreSQL
  const probe = join(dataDir, `.writable.${process.pid}`);
  try {
    mkdirSync(dataDir, { recursive: true, mode: isPassedByOther ? 0o711 : 0o700 });
    writeFileSync(probe, '');
    rmSync(probe);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new ConfigError(
      `Nothing can be written to the data folder ${dataDir} (${code}). Set DATA_DIR to a folder that this user may write to.`,
    );
  }
}
