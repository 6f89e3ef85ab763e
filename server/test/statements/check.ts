/** Holds the catalogued statements against a database, and the row types of their templates against what it says. */
import type pg from 'pg';
import { readCatalog } from './catalog.ts';
import type { Statement } from './catalogue.ts';
import { faultsOf } from './claims.ts';
import type { Code } from './code.ts';
import { type Description, describe } from './describe.ts';
import { nullableColumns } from './nullable.ts';

/** What is not so, in sentences. */
export async function check(code: Code, statements: Statement[], client: pg.Client): Promise<string[]> {
  const catalog = await readCatalog(client);
  const faults = new Set<string>();
  for (const { hash, text } of statements) {
    const templates = code.templates.filter((template) => template.hash === hash);
    const description = await describeLast(client, text).catch((error: Error) => error);
    for (const { file, line, row } of templates) {
      for (const fault of faultsIn(description, row)) faults.add(`${file}:${line} ${fault}`);
    }
  }
  return [...faults];

  function faultsIn(description: Description | Error, row: Code['templates'][number]['row']): string[] {
    if (description instanceof Error) return [description.message];
    const nullable = nullableColumns(description.tree, catalog);
    const described = description.columns.map(({ name, type, origin }, i) => {
      const texts = catalog.allowedTexts(origin.table, origin.column);
      return { name, type, texts, canBeNull: nullable[i] ?? true };
    });
    return row ? faultsOf(row, described, code.checker) : [];
  }
}

/** Of a text with several statements the last is the one with rows. */
async function describeLast(client: pg.Client, text: string): Promise<Description> {
  const [last = '', ...first] = text.split(/;\n/).reverse();
  for (const statement of first) await describe(client, statement);
  return describe(client, last);
}
