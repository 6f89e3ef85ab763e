/**
 * Jobs that go through all tickets in order of their numbers. The number of the last ticket is stored in `followers`,
 * so that a restart continues from there. It is empty when there is nothing to do.
 */
import type { Db, Tx } from '#platform/db/database.ts';
import { sql } from '#platform/sql.ts';

type WalkName = 'sla_recount' | 'search_reindex';

export async function startWalk(tx: Tx, name: WalkName) {
  await setWalk(tx, name, '0');
}

export async function setWalk(tx: Tx, name: WalkName, after: string) {
  await sql`update followers set cursor = ${after} where name = ${name}`.execute(tx);
}

export async function findWalk(db: Db, name: WalkName): Promise<string> {
  const { rows } = await sql<{ cursor: string }>`select cursor from followers where name = ${name}`.execute(
    db,
  );
  return rows[0]?.cursor ?? '';
}

/** Locks the position until the commit: a concurrent change starts the job again, and that must not be overwritten. */
export async function lockWalk(tx: Tx, name: WalkName): Promise<string> {
  const { rows } = await sql<{ cursor: string }>`
    select cursor
    from followers
    where name = ${name} and cursor <> ''
    for update
  `.execute(tx);
  return rows[0]?.cursor ?? '';
}

/** False when another process has moved it. */
export async function moveWalk(db: Db, name: WalkName, from: string, to: string): Promise<boolean> {
  const { rowCount } = await sql`
    update followers set cursor = ${to} where name = ${name} and cursor = ${from}
  `.execute(db);
  return rowCount === 1;
}
