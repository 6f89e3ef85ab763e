/** What the system catalogues say of columns, functions and operators. */
import type pg from 'pg';

export interface Catalog {
  /** Whether a column of a table is `not null`; by the oid of the table and the number of the column. */
  isNotNull(table: number, column: number): boolean;
  /** The texts that a check allows in a column; undefined without one that lists them. */
  allowedTexts(table: number, column: number): string[] | undefined;
  nameOfFunction(oid: number): string;
  nameOfOperator(oid: number): string;
}

export async function readCatalog(client: pg.Client): Promise<Catalog> {
  const read = async <T extends object>(text: string) => (await client.query<T>(text)).rows;
  const columns = await read<{ key: string }>(
    `select attrelid || '.' || attnum as key from pg_attribute where attnotnull`,
  );
  const functions = await read<{ oid: number; name: string }>('select oid, proname as name from pg_proc');
  const operators = await read<{ oid: number; name: string }>('select oid, oprname as name from pg_operator');
  const checks = await read<{ key: string; check: string }>(
    `select conrelid || '.' || conkey[1] as key, pg_get_constraintdef(oid) as check
     from pg_constraint
     where contype = 'c' and cardinality(conkey) = 1`,
  );
  const texts = new Map(
    checks.flatMap(({ key, check }) => (isList.test(check) ? [[key, textsIn(check)] as const] : [])),
  );
  const notNull = new Set(columns.map(({ key }) => key));
  const functionNames = new Map(functions.map(({ oid, name }) => [oid, name]));
  const operatorNames = new Map(operators.map(({ oid, name }) => [oid, name]));
  return {
    isNotNull: (table, column) => column < 0 || notNull.has(`${table}.${column}`),
    allowedTexts: (table, column) => texts.get(`${table}.${column}`),
    nameOfFunction: (oid) => functionNames.get(oid) ?? '',
    nameOfOperator: (oid) => operatorNames.get(oid) ?? '',
  };
}

/** As PostgreSQL prints `check (role in ('agent', 'admin'))`. */
const isList = /^CHECK \(\(\w+ = ANY \(ARRAY\[[^\]]*\]\)\)\)$/;
const textsIn = (check: string) => [...check.matchAll(/'([^']*)'::text/g)].map(([, text = '']) => text);
