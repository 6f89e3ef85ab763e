/**
 * `sql` templates: a statement, or a part of one, with its values apart from its text. A value in a template becomes a
 * parameter, unless it is a template itself.
 */
import pg from 'pg';

export interface Result<Row> {
  rows: Row[];
  /** Of the rows that were returned, or else written. */
  rowCount: number;
}

/** Runs statements. Outside a transaction, each has a connection for itself. */
export interface Db {
  readonly isTransaction: boolean;
  /** Where the `batched` statements of several requests run. Undefined in a transaction of one request only. */
  readonly together: Db | undefined;
  run<Row>(statement: Sql<Row>): Promise<Result<Row>>;
}

export interface Compiled {
  text: string;
  values: unknown[];
}

/** `Row` is what the statement returns; server/test/statements.test.ts compares it with PostgreSQL. */
export class Sql<Row = unknown> {
  /** The text before, between and after the values. */
  readonly pieces: readonly string[];
  readonly values: readonly unknown[];

  constructor(pieces: readonly string[], values: readonly unknown[]) {
    this.pieces = pieces;
    this.values = values;
  }

  execute(db: Db): Promise<Result<Row>> {
    return db.run(this);
  }

  /** The text with `$1`, `$2`… for its values. */
  compile(): Compiled {
    const values: unknown[] = [];
    return { text: textOf(this, values), values };
  }
}

function textOf({ pieces, values }: Sql, parameters: unknown[]): string {
  let text = pieces[0] ?? '';
  for (const [i, value] of values.entries()) {
    text += value instanceof Sql ? textOf(value, parameters) : `$${parameters.push(value)}`;
    text += pieces[i + 1];
  }
  return text;
}

const template = <Row>(pieces: TemplateStringsArray, ...values: unknown[]) => new Sql<Row>(pieces, values);

/** Text of our own. */
const raw = <Row>(text: string) => new Sql<Row>([text], []);

/** The name of a table or column, or both with a dot between them. */
const id = <Row>(name: string) => raw<Row>(name.split('.').map(pg.escapeIdentifier).join('.'));

/** A value that stands in the text, for the planner to see. */
const lit = <Row>(value: string | number) =>
  raw<Row>(typeof value === 'number' ? String(value) : pg.escapeLiteral(value));

function join<Row>(items: readonly unknown[], separator: Sql = raw(', ')) {
  const values = items.flatMap((item, i) => (i === 0 ? [item] : [separator, item]));
  return new Sql<Row>(['', ...values.map(() => '')], values);
}

export const sql = Object.assign(template, { raw, id, lit, join });
