/**
 * Loaded before the tests (`node --import`), in every process that they start: notes each statement that is compiled, with
 * the templates that it is made of. The product itself knows nothing of it.
 */
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Compiled, Sql } from '#platform/sql.ts';

/** A statement as it was compiled. */
export interface Recorded {
  /** The pieces of its template. */
  template: readonly string[];
  /** The pieces of each template and each raw text within it. */
  parts: (readonly string[])[];
  text: string;
}

const folder = process.env.STATEMENTS_FOLDER;
const seen = new Set<string>();
const { compile } = Sql.prototype;

Sql.prototype.compile = function (): Compiled {
  const compiled = compile.call(this);
  if (folder !== undefined && !seen.has(compiled.text)) {
    seen.add(compiled.text);
    const parts = [...partsOf(this)].filter((pieces) => pieces.join('').trim() !== '');
    const recorded: Recorded = { template: this.pieces, parts, text: compiled.text };
    appendFileSync(join(folder, `${process.pid}.jsonl`), `${JSON.stringify(recorded)}\n`);
  }
  return compiled;
};

function* partsOf({ values }: Sql): Generator<readonly string[]> {
  for (const value of values) {
    if (!(value instanceof Sql)) continue;
    yield value.pieces;
    yield* partsOf(value);
  }
}
