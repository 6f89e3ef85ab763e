/**
 * A tag exists only in the tickets that have it. A change is recorded first and then applied in batches, so that no
 * ticket is locked for long. The scheduler finishes what a killed process leaves.
 */
import type { StaffActor } from '#actor.ts';
import { renameTagInViews } from '#desk/queue/views/views.ts';
import { retag } from '#desk/tickets/retag.ts';
import { conflict, notFound } from '#errors.ts';
import type { Database, Db, Tx } from '#platform/db/database.ts';
import { record } from '#platform/events/events.ts';
import { sql } from '#platform/sql.ts';
import type { Tag } from './schema.ts';

const BATCH_SIZE = 500; // tickets

/** All tags of tickets, in order. */
export async function listTags(db: Db): Promise<Tag[]> {
  const { rows } = await sql<Tag>`
    select tag, count(*) as ticket_count
    from tickets
    cross join unnest(tags) as tag
    where tags <> '{}'
    group by tag
    order by tag collate "C"
  `.execute(db);
  return rows;
}

export async function countTag(db: Db, name: string): Promise<Tag> {
  const tag = name.trim().toLowerCase();
  const { rows } = await sql<{ ticket_count: number }>`
    select count(*) as ticket_count
    from tickets
    where tags @> array[${tag}] and tags <> '{}'
  `.execute(db);
  return { tag, ticket_count: rows[0]?.ticket_count ?? 0 };
}

/** Records that the tag is to be renamed, perhaps to an existing tag. Saved views are changed at once. */
export async function renameTag(tx: Tx, actor: StaffActor, tag: string, name: string) {
  const before = await findTag(tx, tag);
  const after = name.trim().toLowerCase();
  if (after === before.tag) throw conflict('tag_unchanged', 'The tag already has this name.');
  await recordChange(tx, before.tag, after);
  await renameTagInViews(tx, before.tag, after);
  await record(tx, actor, 'tag.renamed', { data: { before, after: { tag: after } } });
}

/** Records that the tag is to be removed from all tickets. Returns it as it was. */
export async function deleteTag(tx: Tx, actor: StaffActor, tag: string): Promise<Tag> {
  const before = await findTag(tx, tag);
  await recordChange(tx, before.tag, null);
  await record(tx, actor, 'tag.deleted', { data: { before } });
  return before;
}

/** Applies all recorded changes, in order. */
export async function applyTagChanges(database: Database): Promise<void> {
  while (await database.transact(applyBatch)) {
    // more is left
  }
}

async function findTag(db: Db, name: string): Promise<Tag> {
  const tag = await countTag(db, name);
  if (tag.ticket_count === 0) throw notFound('tag');
  return tag;
}

const recordChange = (tx: Tx, tag: string, becomes: string | null) =>
  sql`insert into tag_changes (tag, becomes) values (${tag}, ${becomes})`.execute(tx);

async function applyBatch(tx: Tx): Promise<boolean> {
  const { rows } = await sql<{ tag_change_id: number; tag: string; becomes: string | null }>`
    select tag_change_id, tag, becomes
    from tag_changes
    order by tag_change_id
    limit 1
    for update
  `.execute(tx);
  if (!rows[0]) return false;
  const { tag_change_id, tag, becomes } = rows[0];
  const changed = await retag(tx, { tag, becomes, limit: BATCH_SIZE });
  if (changed < BATCH_SIZE)
    await sql`delete from tag_changes where tag_change_id = ${tag_change_id}`.execute(tx);
  return true;
}
