/** What the conditions of a query say of its rows: a row that passes `a = b` has neither a nor b as null. */
import { isNode, isTrue, nodeAt, nodesAt, numberAt, setAt, type TreeNode, type Value } from './tree.ts';

export interface Proven {
  /** `1.3` for the third column of the first table. */
  columns: Set<string>;
  /** Outer joins that have found something in every row that is left. */
  joins: Set<number>;
}

export const keyOf = (variable: TreeNode) => `${variable.fields.varno}.${variable.fields.varattno}`;

export function provenBy(query: TreeNode): Proven {
  const joinTree = nodeAt(query, 'jointree');
  const found = joinTree ? conditionsOf(joinTree).flatMap(notNullIn) : [];
  return {
    columns: new Set(found.map(keyOf)),
    joins: new Set(found.flatMap((variable) => setAt(variable, 'varnullingrels'))),
  };
}

/** The conditions that every row of the result has met. */
function conditionsOf(node: TreeNode): TreeNode[] {
  const own = [node.fields.quals].filter(isNode);
  if (node.kind === 'FROMEXPR') return [...own, ...nodesAt(node, 'fromlist').flatMap(conditionsOf)];
  if (node.kind !== 'JOINEXPR') return [];
  const [left, right] = [nodeAt(node, 'larg'), nodeAt(node, 'rarg')];
  const type = numberAt(node, 'jointype');
  if (type === JOIN_INNER)
    return [...own, ...[left, right].flatMap((side) => (side ? conditionsOf(side) : []))];
  return type === JOIN_LEFT && left ? conditionsOf(left) : [];
}

const JOIN_INNER = 0;
const JOIN_LEFT = 1;

/** The variables that are not null where the condition holds. */
export function notNullIn(condition: TreeNode): TreeNode[] {
  const args = nodesAt(condition, 'args');
  switch (condition.kind) {
    case 'VAR':
      return [condition];
    case 'RELABELTYPE':
    case 'COERCEVIAIO':
      return [condition.fields.arg].filter(isNode).flatMap(notNullIn);
    case 'NULLTEST':
      return numberAt(condition, 'nulltesttype') === IS_NOT_NULL ? variables([condition.fields.arg]) : [];
    case 'OPEXPR':
      return variables(args);
    case 'SCALARARRAYOPEXPR':
      return isTrue(condition, 'useOr') ? variables(args) : []; // all of no values hold for null, too
    case 'SUBLINK':
      return [condition.fields.testexpr].filter(isNode).flatMap(notNullIn);
    case 'BOOLEXPR':
      return inBoolean(condition, args);
    default:
      return [];
  }
}

const IS_NOT_NULL = 1;

function inBoolean({ fields }: TreeNode, args: TreeNode[]): TreeNode[] {
  const found = args.map(notNullIn);
  if (fields.boolop === 'or') {
    const [first = [], ...others] = found;
    return first.filter((variable) =>
      others.every((other) => other.some((same) => keyOf(same) === keyOf(variable))),
    );
  }
  if (fields.boolop === 'and') return found.flat();
  return args.filter(({ kind }) => kind === 'VAR' || kind === 'OPEXPR').flatMap(notNullIn); // of `not`
}

/** Variables of this very query that stand alone, or within what gives null for null. */
function variables(values: Value[]): TreeNode[] {
  return values.filter(isNode).flatMap((value) => {
    if (value.kind === 'VAR') return numberAt(value, 'varlevelsup') === 0 ? [value] : [];
    return value.kind === 'RELABELTYPE' || value.kind === 'COERCEVIAIO' ? variables([value.fields.arg]) : [];
  });
}
