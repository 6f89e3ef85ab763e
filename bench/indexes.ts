/** Drops indexes and keys that would slow down loading, and recreates them from PostgreSQL's own definitions. */
import type pg from 'pg';
import { withClient } from './client.ts';

const loaded = ['tickets', 'comments', 'search_texts', 'events'];

interface Part {
  name: string;
  on: string;
  /** p: primary key, f: foreign key, i: index. */
  kind: 'p' | 'f' | 'i';
  definition: string;
}

/**
 * Drops the indexes and keys of the loaded tables, and foreign keys that refer to them. Returns the statements that
 * recreate them.
 */
export async function takeOffIndexes(client: pg.Client, url: string): Promise<() => Promise<void>> {
  const { rows: parts } = await client.query<Part>(
    `select conname as name, conrelid::regclass::text as on, contype::text as kind,
       pg_get_constraintdef(oid) as definition
     from pg_constraint
     where connamespace = 'public'::regnamespace
       and contype in ('p', 'f')
       and (conrelid = any($1::regclass[]) or confrelid = any($1::regclass[]))
     union all
     select indexrelid::regclass::text, indrelid::regclass::text, 'i', pg_get_indexdef(indexrelid)
     from pg_index
     where indrelid = any($1::regclass[]) and not indisprimary`,
    [loaded],
  );
  const ofKind = (kind: Part['kind']) => parts.filter((part) => part.kind === kind);
  for (const { on, name } of [...ofKind('f'), ...ofKind('p')])
    await client.query(`alter table ${on} drop constraint ${name}`);
  for (const { name } of ofKind('i')) await client.query(`drop index ${name}`);

  return async () => {
    const slowestFirst = ofKind('i').sort((a, b) => Number(isGin(b)) - Number(isGin(a)));
    const indexes = slowestFirst.map(({ definition }) => definition);
    await inParallel(url, [...indexes, ...ofKind('p').map(addConstraint)]);
    await inParallel(url, ofKind('f').map(addConstraint));
  };
}

const isGin = ({ definition }: Part) => definition.includes('USING gin');
const addConstraint = ({ on, name, definition }: Part) =>
  `alter table ${on} add constraint ${name} ${definition}`;

/** Uses two connections, because an index is built by about one core. */
async function inParallel(url: string, statements: string[]) {
  const waiting = [...statements];
  const work = async (client: pg.Client) => {
    await client.query(`set maintenance_work_mem = '1GB'`);
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await client.query(next);
  };
  await Promise.all([withClient(url, work), withClient(url, work)]);
}
