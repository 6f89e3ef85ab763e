import { openAsBlob } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { AwsClient } from 'aws4fetch';
import { type FileStore, isBlob, storageFailure } from './store.ts';

interface S3Options {
  endpoint: string;
  bucket: string;
  region: string;
  accessKeyId: string;
  secretAccessKey: string;
  temporaryDir: string;
}

/** Files in a bucket of an S3-compatible service, addressed by path. */
export async function openS3Store(options: S3Options): Promise<FileStore> {
  const { endpoint, bucket, region, accessKeyId, secretAccessKey, temporaryDir } = options;
  const client = new AwsClient({ accessKeyId, secretAccessKey, region, service: 's3', retries: 2 });
  const bucketUrl = `${endpoint.replace(/\/$/, '')}/${bucket}`;
  await mkdir(temporaryDir, { recursive: true, mode: 0o700 });

  async function call(method: string, url: string, init: RequestInit = {}, allowed: number[] = []) {
    // Limits the time until the response starts, not until it ends: a download may be slow.
    const timeout = new AbortController();
    const timer = setTimeout(() => timeout.abort(), 60_000);
    const response = await client
      .fetch(url, { method, signal: timeout.signal, ...init })
      .catch((error: unknown) => {
        throw storageFailure(error);
      })
      .finally(() => clearTimeout(timer));
    if (response.ok || allowed.includes(response.status)) return response;
    throw storageFailure(`${method}: ${response.status} ${await response.text()}`);
  }

  return {
    temporaryDir,

    async put(blob, path, size) {
      const body = await openAsBlob(path);
      // The connection is TLS or local. Hashing the body for the signature would read the file once more.
      const headers = { 'content-length': String(size), 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' };
      await call('PUT', `${bucketUrl}/${blob}`, { body, headers });
      await rm(path, { force: true });
    },

    async read(blob, { start, end }) {
      const response = await call('GET', `${bucketUrl}/${blob}`, {
        headers: { range: `bytes=${start}-${end}` },
      });
      if (!response.body) throw storageFailure('GET: no body');
      return Readable.fromWeb(response.body as import('node:stream/web').ReadableStream); // the same class with two type declarations
    },

    async remove(blob) {
      await call('DELETE', `${bucketUrl}/${blob}`, {}, [404]);
    },

    async *list(before) {
      for (let token: string | undefined = ''; token !== undefined; ) {
        const page: string = token === '' ? '' : `&continuation-token=${encodeURIComponent(token)}`;
        const xml: string = await (await call('GET', `${bucketUrl}?list-type=2${page}`)).text();
        for (const [entry] of xml.matchAll(/<Contents>.*?<\/Contents>/gs)) {
          const blob = /<Key>(.*?)<\/Key>/.exec(entry)?.[1];
          const modified = /<LastModified>(.*?)<\/LastModified>/.exec(entry)?.[1];
          if (blob && isBlob(blob) && modified && new Date(modified) < before) yield blob;
        }
        token = /<NextContinuationToken>(.*?)<\/NextContinuationToken>/.exec(xml)?.[1];
      }
    },
  };
}
