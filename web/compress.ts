/**
 * Lays `.br` and `.gz` beside the assets of a build, for the server to send: `node web/compress.ts <folder>`. Their
 * names have a hash of their content, so what is there already is right.
 */
import { existsSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import zlib from 'node:zlib';

const [brotli, gzip] = [promisify(zlib.brotliCompress), promisify(zlib.gzip)];
const TEXT = /\.(js|css|svg|json|html|txt|map|wasm)$/;
const { BROTLI_PARAM_QUALITY, BROTLI_PARAM_SIZE_HINT } = zlib.constants;

async function compressFile(path: string) {
  const content = await readFile(path);
  const params = { [BROTLI_PARAM_QUALITY]: 11, [BROTLI_PARAM_SIZE_HINT]: content.length };
  const compressed = { '.br': await brotli(content, { params }), '.gz': await gzip(content, { level: 9 }) };
  for (const [extension, bytes] of Object.entries(compressed)) {
    if (bytes.length < content.length) await writeFile(`${path}${extension}`, bytes);
  }
}

/** Compresses the assets of every face in the folder. Gives the number of files that it has compressed. */
export async function compressAssets(folder: string): Promise<number> {
  const files = await readdir(folder, { recursive: true });
  const paths = files
    .filter((file) => /(^|[\\/])assets[\\/]/.test(file) && TEXT.test(file))
    .map((file) => join(folder, file))
    .filter((path) => !existsSync(`${path}.br`));
  await Promise.all(paths.map(compressFile)); // side by side, on the threads of zlib
  return paths.length;
}

if (import.meta.main) await compressAssets(process.argv[2] ?? join(import.meta.dirname, 'dist'));
