/** Where names in a tree lead: tables of a query, subqueries, common table expressions, joins. */
import { isNode, nodeAt, nodesAt, numberAt, type TreeNode } from './tree.ts';

/** A query, with the one that it stands in. */
export interface Scope {
  query: TreeNode;
  outer?: Scope;
  /** Within what a statement stores in a column: there the row is as it was. */
  isStored?: boolean;
}

/** The scope that a variable is of: `levels` queries further out. */
export function scopeAt(scope: Scope, levels: number): Scope {
  let found = scope;
  for (let level = 0; level < levels; level++) found = found.outer ?? found;
  return found;
}

export function entryOf({ query }: Scope, index: number): TreeNode {
  const entry = nodesAt(query, 'rtable')[index - 1];
  if (!entry) throw new Error(`There is no table ${index} in the query.`);
  return entry;
}

/** The columns of a query's rows, as expressions over its tables. */
export function outputOf(query: TreeNode): TreeNode[] {
  const list = numberAt(query, 'commandType') === COMMAND_SELECT ? 'targetList' : 'returningList';
  return nodesAt(query, list).filter(({ fields }) => fields.resjunk !== 'true');
}

const COMMAND_SELECT = 1;

/** The query of a common table expression, in the scope where it is written. */
export function findCte(scope: Scope, entry: TreeNode): Scope {
  const outer = scopeAt(scope, numberAt(entry, 'ctelevelsup'));
  const cte = nodesAt(outer.query, 'cteList').find(({ fields }) => fields.ctename === entry.fields.ctename);
  const query = cte && nodeAt(cte, 'ctequery');
  if (!query) throw new Error(`There is no ${entry.fields.ctename} in the query.`);
  return { query, outer };
}

/** The queries of a `union`, `except` or `intersect`; the query itself when it is none. */
export function branchesOf(scope: Scope): Scope[] {
  const operation = nodeAt(scope.query, 'setOperations');
  if (!operation) return [scope];
  return leavesOf(operation).flatMap((index) => {
    const query = nodeAt(entryOf(scope, index), 'subquery');
    return query ? branchesOf({ query, outer: scope }) : [];
  });
}

function leavesOf(node: TreeNode): number[] {
  if (node.kind === 'RANGETBLREF') return [numberAt(node, 'rtindex')];
  return [node.fields.larg, node.fields.rarg].filter(isNode).flatMap(leavesOf);
}
