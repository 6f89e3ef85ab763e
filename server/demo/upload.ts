/** Stores what people attach, as an upload does: first the bytes, then the row. */
import { createHash, randomUUID } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import type { ClientActor, StaffActor } from '#actor.ts';
import { kinds } from '#desk/files/extensions.ts';
import { addFile } from '#desk/files/files.ts';
import type { Stage } from './make.ts';
import { type Told, withTimes } from './times.ts';

/** A file of the demo; a text has its times filled in. */
export async function upload(stage: Stage, actor: ClientActor | StaffActor, name: string, told: Told) {
  const { tx, store } = stage;
  const read = await readFile(join(import.meta.dirname, 'files', told.locale, name));
  const extension = extname(name).slice(1);
  const content = extension === 'png' ? read : Buffer.from(withTimes(read.toString(), told));
  const blob = randomUUID();
  const path = join(store.temporaryDir, blob);
  await writeFile(path, content, { mode: 0o600 });
  await store.put(blob, path, content.length);
  const { uuid } = await addFile(tx, actor, {
    blob,
    name,
    size: content.length,
    extension,
    content_type: kinds.get(extension)?.contentType ?? '',
    sha256: createHash('sha256').update(content).digest(),
  });
  return uuid;
}
