/** An S3-compatible server in its own process, on loopback, with a bucket. It supports only path-style addresses. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { openS3Store } from '#desk/files/s3-store.ts';
import type { FileStore } from '#desk/files/store.ts';

export interface S3 {
  /** The folder in which the server stores the bucket. */
  folder: string;
  endpoint: string;
  store: FileStore;
  /** The log of the server. */
  log: string[];
  stop(): Promise<void>;
}

const bucket = 'desk-files';
const program = join(createRequire(import.meta.url).resolve('s3rver'), '..', '..', 'bin', 's3rver.js');

export async function startS3(): Promise<S3> {
  const folder = mkdtempSync(join(tmpdir(), 'paneldesk-s3-'));
  // Its continuation tokens are encrypted with DES, which is in OpenSSL's legacy provider.
  const args = ['--openssl-legacy-provider', program, '-d', folder, '-a', '127.0.0.1', '-p', '0'];
  const server = spawn(process.execPath, [...args, '--no-vhost-buckets', '--configure-bucket', bucket], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const log: string[] = [];
  const port = await new Promise<string>((resolve) => {
    createInterface({ input: server.stdout }).on('line', (line) => {
      log.push(line);
      const listening = /listening on [\d.]+:(\d+)/.exec(line);
      if (listening?.[1]) resolve(listening[1]);
    });
  });
  const endpoint = `http://127.0.0.1:${port}`;
  return {
    folder: join(folder, bucket),
    endpoint,
    log,
    store: await storeAt(endpoint, join(folder, 'incoming')),
    async stop() {
      if (server.exitCode !== null || server.signalCode !== null) return;
      server.kill('SIGKILL');
      await once(server, 'exit');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export const storeAt = (endpoint: string, temporaryDir: string): Promise<FileStore> =>
  openS3Store({
    endpoint,
    bucket,
    region: 'eu-west-1',
    accessKeyId: 'S3RVER',
    secretAccessKey: 'S3RVER',
    temporaryDir,
  });
