/**
 * Whether a column of a statement can be null. PostgreSQL describes names and types only; this follows each expression of
 * its tree down to the columns of tables. What cannot be proved to be there can be null.
 */
import type { Catalog } from './catalog.ts';
import { type Expressions, expressions } from './expressions.ts';
import { keyOf, type Proven, provenBy } from './proven.ts';
import { branchesOf, entryOf, findCte, outputOf, type Scope, scopeAt } from './scope.ts';
import { isTotalSet } from './total.ts';
import { isNode, isTrue, nodeAt, nodesAt, numberAt, setAt, type TreeNode } from './tree.ts';

export type CanBeNull = (expression: TreeNode | undefined, scope: Scope) => boolean;

/** For each column of the statement's rows, whether it can be null. */
export function nullableColumns(tree: TreeNode, catalog: Catalog): boolean[] {
  const nullable = new Nullable(catalog);
  return outputOf(tree).map((_, index) => nullable.isColumn({ query: tree }, index + 1));
}

class Nullable {
  readonly #catalog: Catalog;
  readonly #expressions: Expressions;
  readonly #proven = new Map<TreeNode, Proven>();
  readonly #columns = new Map<TreeNode, Map<number, boolean>>();

  constructor(catalog: Catalog) {
    this.#catalog = catalog;
    this.#expressions = expressions(catalog, this.isExpression, (scope) => this.isColumn(scope, 1));
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

  isExpression: CanBeNull = (expression, scope) => {
    if (!expression) return true;
    if (expression.kind === 'VAR') return this.#isVariable(expression, scope);
    const rule = this.#expressions[expression.kind];
    return rule ? rule(expression, scope) : true;
  };

  #isVariable(variable: TreeNode, inner: Scope): boolean {
    const scope = scopeAt(inner, numberAt(variable, 'varlevelsup'));
    const proven = this.#provenIn(scope.query);
    const table = numberAt(variable, 'varno');
    const isWritten = table === numberAt(scope.query, 'resultRelation') && !scope.isBefore;
    const given = isWritten ? this.#given(variable, scope) : undefined;
    if (
      given &&
      !nodeAt(scope.query, 'onConflict') &&
      !this.isExpression(given, { ...scope, isBefore: true })
    )
      return false;
    if (!given && proven.columns.has(keyOf(variable))) return false;
    if (setAt(variable, 'varnullingrels').some((join) => !proven.joins.has(join))) return true;
    const column = numberAt(variable, 'varattno');
    return column === 0 ? false : this.#isOfTable(entryOf(scope, table), column, scope);
  }

  #provenIn(query: TreeNode): Proven {
    const proven = this.#proven.get(query) ?? provenBy(query);
    this.#proven.set(query, proven);
    return proven;
  }

  /** What an insert or an update gives the column. */
  #given({ fields }: TreeNode, { query }: Scope): TreeNode | undefined {
    const given = nodesAt(query, 'targetList').find((target) => target.fields.resno === fields.varattno);
    return given && nodeAt(given, 'expr');
  }

  #isOfTable(entry: TreeNode, column: number, scope: Scope): boolean {
    switch (numberAt(entry, 'rtekind')) {
      case 0: // a table
        return !this.#catalog.isNotNull(numberAt(entry, 'relid'), column);
      case 1: // a subquery
        return this.isColumn({ query: nodeAt(entry, 'subquery') ?? entry, outer: scope }, column);
      case 2: // a join
        return this.isExpression(nodesAt(entry, 'joinaliasvars')[column - 1], scope);
      case 3: // a function
        return this.#isOfFunction(entry, column);
      case 5: // values
        return rowsOf(entry).some((row) => this.isExpression(row[column - 1], scope));
      case 6: // a common table expression
        return this.isColumn(findCte(scope, entry), column);
      case 9: // what rows are grouped by
        return this.isExpression(nodesAt(entry, 'groupexprs')[column - 1], scope);
      default:
        return true;
    }
  }

  /** A function in `from`; the number of each row, which is its last column, is always there. */
  #isOfFunction(entry: TreeNode, column: number): boolean {
    const functions = nodesAt(entry, 'functions');
    const width = functions.reduce((sum, each) => sum + numberAt(each, 'funccolcount'), 0);
    if (isTrue(entry, 'funcordinality') && column > width) return false;
    const call = functions[0] && nodeAt(functions[0], 'funcexpr');
    return !(call && functions.length === 1 && this.#givesNoNull(call));
  }

  #givesNoNull(call: TreeNode): boolean {
    const name = this.#catalog.nameOfFunction(numberAt(call, 'funcid'));
    // An array that the code gives has no null in it.
    if (name === 'unnest') return nodesAt(call, 'args').every(({ kind }) => kind === 'PARAM');
    return isTotalSet(name);
  }
}

function rowsOf({ fields }: TreeNode): TreeNode[][] {
  const rows = Array.isArray(fields.values_lists) ? fields.values_lists : [];
  return rows.map((row) => (Array.isArray(row) ? row.filter(isNode) : []));
}
