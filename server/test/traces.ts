/** Finds where a text is stored: in rows of any table, and in files. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Instance } from './instance.ts';

/** The tables and stored files that contain the text. Escapes are not decoded, so use plain ASCII. */
export async function tracesOf({ query, folder }: Instance, text: string): Promise<string[]> {
  const tables = await query<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name
     from pg_tables
     where schemaname not in ('pg_catalog', 'information_schema')
     order by 1`,
  );
  const found: string[] = [];
  for (const { name } of tables) {
    const rows = await query(`select from ${name} as t where strpos(t::text, $1) > 0 limit 1`, [text]);
    if (rows.length > 0) found.push(name);
  }
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
  return [
    ...found,
    ...files
      .filter(({ parentPath, name }) => readFileSync(join(parentPath, name)).includes(text))
      .map(({ name }) => name),
  ];
}
