/**
 * Loaded before the tests (`node --import`), in every process that they start: notes each statement that Kysely compiles,
 * with the templates that it is made of. The product itself knows nothing of it.
 */
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { type OperationNode, PostgresQueryCompiler, type RawNode } from 'kysely';

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
const { compileQuery } = PostgresQueryCompiler.prototype;

PostgresQueryCompiler.prototype.compileQuery = function (node, id) {
  const compiled = compileQuery.call(this, node, id);
  if (folder !== undefined && isRaw(node) && !seen.has(compiled.sql)) {
    seen.add(compiled.sql);
    const parts = [...partsOf(node)].filter((pieces) => pieces.join('').trim() !== '');
    const recorded: Recorded = { template: node.sqlFragments, parts, text: compiled.sql };
    appendFileSync(join(folder, `${process.pid}.jsonl`), `${JSON.stringify(recorded)}\n`);
  }
  return compiled;
};

function* partsOf({ parameters }: RawNode): Generator<readonly string[]> {
  for (const parameter of parameters) {
    if (isRaw(parameter)) {
      yield parameter.sqlFragments;
      yield* partsOf(parameter);
    } else yield* identifiersIn(parameter);
  }
}

/** Names of tables and columns that are given as values, as they stand in the text. */
function* identifiersIn(node: object): Generator<[string]> {
  if ('kind' in node && node.kind === 'IdentifierNode' && 'name' in node) yield [`"${node.name}"`];
  if ('kind' in node && node.kind === 'ValueNode') return;
  for (const child of Object.values(node))
    if (typeof child === 'object' && child) yield* identifiersIn(child);
}

function isRaw(node: OperationNode): node is RawNode {
  return node.kind === 'RawNode';
}
