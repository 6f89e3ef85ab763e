/**
 * Whether a column of a statement can be null. PostgreSQL describes names and types only; this follows each expression of
 * its tree down to the columns of tables. What cannot be proved to be there can be null.
 */
import type { Catalog } from './catalog.ts';
import { expressions, type Nullability } from './expressions.ts';
import { keyOf, type Proven, provenBy } from './proven.ts';
import { branchesOf, entryOf, findCte, outputOf, type Scope, scopeAt } from './scope.ts';
import { isNode, isTrue, nodeAt, nodesAt, numberAt, setAt, type TreeNode } from './tree.ts';

/** For each column of the statement's rows, whether it can be null. */
export function nullableColumns(tree: TreeNode, catalog: Catalog): boolean[] {
  const statement = new Statement(catalog);
  return outputOf(tree).map((_, index) => statement.isColumn({ query: tree }, index + 1));
}

const TABLE = { relation: 0, subquery: 1, join: 2, function: 3, values: 5, cte: 6, group: 9 };

class Statement implements Nullability {
  readonly catalog: Catalog;
  readonly #proven = new Map<TreeNode, Proven>();
  readonly #columns = new Map<TreeNode, Map<number, boolean>>();

  constructor(catalog: Catalog) {
    this.catalog = catalog;
  }

  isColumn(scope: Scope, column: number): boolean {
    const known = this.#columns.get(scope.query) ?? new Map<number, boolean>();
    this.#columns.set(scope.query, known);
    const isKnown = known.get(column);
    if (isKnown !== undefined) return isKnown;
    known.set(column, false); // a recursive query adds no null by itself
    const isNull = branchesOf(scope).some((branch) => {
      const output = outputOf(branch.query)[column - 1];
      return this.isExpression(output && nodeAt(output, 'expr'), branch);
    });
    known.set(column, isNull);
    return isNull;
  }

  isExpression(expression: TreeNode | undefined, scope: Scope): boolean {
    if (!expression) return true;
    if (expression.kind === 'VAR') return this.#isVariable(expression, scope);
    return expressions[expression.kind]?.(expression, scope, this) ?? true;
  }

  #isVariable(variable: TreeNode, inner: Scope): boolean {
    const scope = scopeAt(inner, numberAt(variable, 'varlevelsup'));
    const table = numberAt(variable, 'varno');
    const isWritten = table === numberAt(scope.query, 'resultRelation') && !scope.isStored;
    const stored = isWritten ? storedIn(variable, scope.query) : undefined;
    const isSure = stored && !nodeAt(scope.query, 'onConflict');
    if (isSure && !this.isExpression(stored, { ...scope, isStored: true })) return false;
    const proven = this.#provenIn(scope.query);
    if (!stored && proven.columns.has(keyOf(variable))) return false;
    if (setAt(variable, 'varnullingrels').some((join) => !proven.joins.has(join))) return true;
    const column = numberAt(variable, 'varattno');
    const isWholeRow = column === 0;
    return !isWholeRow && this.#isOfTable(entryOf(scope, table), column, scope);
  }

  #provenIn(query: TreeNode): Proven {
    const proven = this.#proven.get(query) ?? provenBy(query);
    this.#proven.set(query, proven);
    return proven;
  }

  #isOfTable(entry: TreeNode, column: number, scope: Scope): boolean {
    switch (numberAt(entry, 'rtekind')) {
      case TABLE.relation:
        return !this.catalog.isNotNull(numberAt(entry, 'relid'), column);
      case TABLE.subquery:
        return this.isColumn({ query: nodeAt(entry, 'subquery') ?? entry, outer: scope }, column);
      case TABLE.join:
        return this.isExpression(nodesAt(entry, 'joinaliasvars')[column - 1], scope);
      case TABLE.function:
        return this.#isOfFunction(entry, column, scope);
      case TABLE.values:
        return rowsOf(entry).some((row) => this.isExpression(row[column - 1], scope));
      case TABLE.cte:
        return this.isColumn(findCte(scope, entry), column);
      case TABLE.group:
        return this.isExpression(nodesAt(entry, 'groupexprs')[column - 1], scope);
      default:
        return true;
    }
  }

  /** A function in `from`; the number of each row, which is its last column, is always there. */
  #isOfFunction(entry: TreeNode, column: number, scope: Scope): boolean {
    let before = 0;
    for (const each of nodesAt(entry, 'functions')) {
      before += numberAt(each, 'funccolcount');
      if (column <= before) return this.isExpression(nodeAt(each, 'funcexpr'), scope);
    }
    return !isTrue(entry, 'funcordinality');
  }
}

/** What an insert or an update stores in the column, if anything. */
function storedIn({ fields }: TreeNode, query: TreeNode): TreeNode | undefined {
  const target = nodesAt(query, 'targetList').find(({ fields: { resno } }) => resno === fields.varattno);
  return target && nodeAt(target, 'expr');
}

function rowsOf({ fields }: TreeNode): TreeNode[][] {
  const rows = Array.isArray(fields.values_lists) ? fields.values_lists : [];
  return rows.map((row) => (Array.isArray(row) ? row.filter(isNode) : []));
}
