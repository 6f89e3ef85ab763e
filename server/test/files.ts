/** Shared by tests of files: forms in every shape, and the files on disk. */
import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Caller, Response } from './caller.ts';
import type { Instance } from './instance.ts';

const boundary = 'paneldesk-test-boundary';
export const formType = `multipart/form-data; boundary=${boundary}`;

/** A part of a form: its Content-Disposition after `form-data; `, and its content. */
export type Part = [disposition: string, content: string | Buffer];

export function form(...parts: Part[]): Buffer {
  const chunks = parts.flatMap(([disposition, content]) => [
    Buffer.from(`--${boundary}\r\ncontent-disposition: form-data; ${disposition}\r\n\r\n`),
    Buffer.from(content),
    Buffer.from('\r\n'),
  ]);
  return Buffer.concat([...chunks, Buffer.from(`--${boundary}--\r\n`)]);
}

/** Uploads a body without changing it. */
export const sendForm = (caller: Caller, payload: Buffer, type = formType): Promise<Response> =>
  caller.send({
    method: 'POST',
    url: caller.accountId ? '/files/public/files' : '/staff/files',
    headers: { 'content-type': type },
    payload,
  });

/** The relative path of every file under a folder. */
export function filesUnder(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(relative(folder, entry.parentPath), entry.name))
    .sort();
}

export const storedBlobs = async (instance: Instance): Promise<string[]> =>
  (await instance.query<{ blob: string }>('select distinct blob from files order by blob')).map(
    ({ blob }) => blob,
  );

/** A ticket of the caller with this upload attached. */
export async function ticketWith(caller: Caller, uuid: string): Promise<number> {
  const ticket = { summary: 'See the log', comment_body: 'Attached', files: [uuid] };
  return (await caller.post('/support/tickets', ticket)).body.number;
}
