import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { ClientActor, StaffActor } from '#actor.ts';
import { notFound } from '#errors.ts';
import { dayAgo } from '#platform/day.ts';
import type { Db, Tx } from '#platform/db/database.ts';
import { oneRow } from '#platform/db/one-row.ts';
import { sql } from '#platform/sql.ts';
import { visibleTo } from '#visible.ts';
import type { FileRow } from './schema.ts';
import type { FileStore } from './store.ts';

export interface Upload {
  blob: string;
  name: string;
  size: number;
  extension: string;
  content_type: string;
  sha256: Buffer;
}

export interface StoredFile extends FileRow {
  blob: string;
}

/** Records an upload whose bytes are stored. It waits 24 hours for a comment to use it. */
export async function addFile(tx: Tx, actor: ClientActor | StaffActor, upload: Upload): Promise<StoredFile> {
  const { blob, name, size, extension, content_type, sha256 } = upload;
  const accountId = actor.kind === 'client' ? actor.accountId : 0;
  const staffId = actor.kind === 'staff' ? actor.staffId : null;
  const result = await sql<StoredFile>`
    insert into files (account_id, staff_id, token_id, blob, name, size, extension, content_type, sha256)
    values (
      ${accountId}, ${staffId}, ${actor.tokenId},
      ${blob}, ${name}, ${size}, ${extension}, ${content_type}, ${sha256}
    )
    returning uuid, blob, name, size, extension, content_type, created_at
  `.execute(tx);
  return oneRow(result);
}

/** Deletes an upload that no comment has; its bytes are the caller's to remove. */
export async function deleteUpload(tx: Tx, accountId: number, uuid: string) {
  await sql`delete from files where account_id = ${accountId} and uuid = ${uuid}`.execute(tx);
}

export async function findFile(db: Db, actor: ClientActor | StaffActor, uuid: string): Promise<StoredFile> {
  const { rows } = await sql<StoredFile>`
    select files.uuid, files.blob, files.name, files.size, files.extension, files.content_type, files.created_at
    from files
    left join comments on comments.account_id = files.account_id and comments.id = files.comment_id
    where files.uuid = ${uuid} and ${visibleTo.files(actor)}
  `.execute(db);
  const [file] = rows;
  if (!file) throw notFound('file');
  return file;
}

/**
 * Deletes uploads that no comment used within 24 hours, unless a draft or delayed reply names them. Then removes bytes
 * that no row refers to, and partial uploads that a killed server left.
 */
export async function sweepFiles(db: Db, store: FileStore): Promise<void> {
  await sql`
    delete from files
    where comment_id is null
      and created_at <= ${dayAgo}
      and uuid not in (
        select (file ->> 'uuid')::uuid
        from (
          select files from drafts
          union all
          select files from delayed_replies where outcome is null
        ) as in_progress
        cross join jsonb_array_elements(in_progress.files) as file
      )
  `.execute(db);
  // The row is written a moment after the bytes are stored: an hour is more than enough.
  const anHourAgo = new Date(Date.now() - 3_600_000);
  let batch: string[] = [];
  for await (const blob of store.list(anHourAgo)) {
    batch.push(blob);
    if (batch.length === 1000) batch = await removeUnreferenced(db, store, batch);
  }
  await removeUnreferenced(db, store, batch);
  await removePartialUploads(store.temporaryDir, anHourAgo);
}

async function removeUnreferenced(db: Db, store: FileStore, blobs: string[]): Promise<[]> {
  const { rows } = await sql<{ blob: string }>`
    select blob
    from unnest(${blobs}::uuid[]) as stored (blob)
    where not exists (select from files where files.blob = stored.blob)
  `.execute(db);
  for (const { blob } of rows) await store.remove(blob);
  return [];
}

async function removePartialUploads(temporaryDir: string, before: Date) {
  for (const name of await readdir(temporaryDir)) {
    const path = join(temporaryDir, name);
    const found = await stat(path).catch(() => undefined); // removed in the meantime
    if (found && found.mtime < before) await rm(path, { force: true });
  }
}
