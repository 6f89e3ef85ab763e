/** What a refusal must be, and that nothing was stored. */
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import type { Response } from './caller.ts';
import { eventually } from './eventually.ts';
import type { Instance } from './instance.ts';

/** Asserts a refusal: the status, and all members of a problem document (RFC 9457). */
export function assertProblem(response: Response, status: number, code?: string, what = response.text) {
  assert.equal(response.status, status, what);
  assert.match(String(response.headers['content-type']), /^application\/problem\+json/, what);
  const { body } = response;
  for (const member of ['type', 'title', 'detail', 'code', 'request_id']) {
    assert.equal(typeof body[member], 'string', `${member} of ${what}`);
    assert.notEqual(body[member], '', `${member} of ${what}`);
  }
  assert.equal(body.status, status, what);
  if (code !== undefined) assert.equal(body.code, code, what);
}

/** Runs `work` and asserts that no table has changed. */
export async function storingNothing<T>(instance: Instance, work: () => Promise<T>): Promise<T> {
  const before = await contentOf(instance);
  const result = await work();
  await eventually(() => storedFiles(instance) === before.stored).catch(() => {}); // an upload is cleaned up after its response
  assert.deepEqual(await contentOf(instance), before, 'nothing may be stored');
  return result;
}

/** A digest of each table's rows, and the names of all stored files. */
async function contentOf(instance: Instance): Promise<Record<string, string>> {
  const tables = await instance.query<{ name: string }>(
    "select tablename as name from pg_tables where schemaname = 'public' order by 1",
  );
  const digests = tables.map(async ({ name }) => {
    // The last use of tokens and sessions is recorded by a timer, independent of the request.
    const [digest] = await instance.query<{ md5: string }>(
      `select md5(coalesce(string_agg(row::text, ',' order by row::text), '')) as md5
       from (select to_jsonb(${name}) - 'last_used_at' as row from ${name}) as rows`,
    );
    return [name, digest?.md5 ?? ''] as const;
  });
  return { ...Object.fromEntries(await Promise.all(digests)), stored: storedFiles(instance) };
}

function storedFiles({ folder }: Instance): string {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return files
    .map(({ name }) => name)
    .sort()
    .join(' ');
}
