/** For each kind of expression, whether it can be null. What has no rule here can be. */
import type { Catalog } from './catalog.ts';
import { outputOf, type Scope } from './scope.ts';
import { isTotalFunction, isTotalOperator, isTotalSet } from './total.ts';
import { isTrue, nodeAt, nodesAt, numberAt, type TreeNode } from './tree.ts';

/** What the rules ask in turn. */
export interface Nullability {
  catalog: Catalog;
  isExpression(expression: TreeNode | undefined, scope: Scope): boolean;
  /** Of a query's column, counted from 1. */
  isColumn(scope: Scope, column: number): boolean;
}

type Rule = (node: TreeNode, scope: Scope, nullable: Nullability) => boolean;

const never: Rule = () => false;

const ofAnyArgument: Rule = (node, scope, nullable) =>
  nodesAt(node, 'args').some((arg) => nullable.isExpression(arg, scope));

const ofAllArguments: Rule = (node, scope, nullable) =>
  nodesAt(node, 'args').every((arg) => nullable.isExpression(arg, scope));

const ofItsArgument: Rule = (node, scope, nullable) => nullable.isExpression(nodeAt(node, 'arg'), scope);

/** A null within JSON becomes one. */
const ofCast: Rule = (node, scope, nullable) => {
  const arg = nodeAt(node, 'arg');
  return !arg || isJson(arg) || nullable.isExpression(arg, scope);
};

const ofOperator: Rule = (node, scope, nullable) =>
  !isTotalOperator(nullable.catalog.nameOfOperator(numberAt(node, 'opno'))) ||
  ofAnyArgument(node, scope, nullable);

const ofCase: Rule = (node, scope, nullable) => {
  const results = nodesAt(node, 'args').map((branch) => nodeAt(branch, 'result'));
  return [...results, nodeAt(node, 'defresult')].some((result) => nullable.isExpression(result, scope));
};

const ofCall: Rule = (node, scope, nullable) => {
  const name = nullable.catalog.nameOfFunction(numberAt(node, 'funcid'));
  if (/^jsonb?_build_|^concat(_ws)?$|^num_(non)?nulls$/.test(name) || isTotalSet(name)) return false;
  if (name === 'unnest') return nodesAt(node, 'args').some((array) => hasNull(array, scope, nullable));
  const isCastOfJson = numberAt(node, 'funcformat') > 0 && nodesAt(node, 'args').some(isJson);
  return isCastOfJson || !isTotalFunction(name) || ofAnyArgument(node, scope, nullable);
};

/** Arrays have no null in them but where one is written: neither tables nor parameters have such. */
const hasNull: Rule = (array, scope, nullable) =>
  nodesAt(array, 'elements').some((element) => nullable.isExpression(element, scope));

/** Of a group there is a row at least; without groups there may be none. */
const ofAggregate: Rule = (node, scope, nullable) => {
  const name = nullable.catalog.nameOfFunction(numberAt(node, 'aggfnoid'));
  if (name === 'count') return false;
  const { query } = scope;
  const isGrouped = nodesAt(query, 'groupClause').length > 0 && nodesAt(query, 'groupingSets').length === 0;
  if (!isGrouped || nodeAt(node, 'aggfilter')) return true;
  const args = nodesAt(node, 'args').map((arg) => nodeAt(arg, 'expr'));
  return !/_agg$/.test(name) && args.some((arg) => nullable.isExpression(arg, scope));
};

const ofWindow: Rule = (node, scope, nullable) => {
  const name = nullable.catalog.nameOfFunction(numberAt(node, 'winfnoid'));
  if (/^(count|row_number|rank|dense_rank|ntile|percent_rank|cume_dist)$/.test(name)) return false;
  const hasOwnRow = /^(sum|min|max|avg)$/.test(name) && nodeAt(node, 'aggfilter') === undefined;
  return !hasOwnRow || ofAnyArgument(node, scope, nullable);
};

const SUBLINK = { exists: 0, any: 2, value: 4, array: 6 };

const ofSubquery: Rule = (node, scope, nullable) => {
  const query = nodeAt(node, 'subselect');
  const type = numberAt(node, 'subLinkType');
  if (type === SUBLINK.exists || type === SUBLINK.array) return false;
  if (!query || nullable.isColumn({ query, outer: scope }, 1)) return true;
  if (type === SUBLINK.value) return !hasOneRow(query);
  const test = nodeAt(node, 'testexpr');
  return type !== SUBLINK.any || nullable.isExpression(test && nodesAt(test, 'args')[0], scope);
};

/** An aggregate over all gives a row whatever there is, and so does a query of no table. */
function hasOneRow(query: TreeNode): boolean {
  if (['havingQual', 'limitOffset', 'setOperations'].some((name) => nodeAt(query, name))) return false;
  if (['groupClause', 'groupingSets'].some((name) => nodesAt(query, name).length > 0)) return false;
  if (isTrue(query, 'hasAggs')) return true;
  const joinTree = nodeAt(query, 'jointree');
  const isOfTables = !joinTree || nodesAt(joinTree, 'fromlist').length > 0 || nodeAt(joinTree, 'quals');
  return outputOf(query).length > 0 && !isOfTables;
}

const JSONB = 3802;
const isJson = ({ fields }: TreeNode) =>
  ['vartype', 'opresulttype', 'funcresulttype'].some((type) => Number(fields[type]) === JSONB);

export const expressions: Record<string, Rule | undefined> = {
  CONST: (node) => isTrue(node, 'constisnull'),
  // What the code gives is there, but for what it stores: a column is as nullable as its table says.
  PARAM: (_, scope) => scope.isStored === true,
  COALESCEEXPR: ofAllArguments,
  MINMAXEXPR: ofAllArguments,
  FUNCEXPR: ofCall,
  OPEXPR: ofOperator,
  SCALARARRAYOPEXPR: ofOperator,
  BOOLEXPR: ofAnyArgument,
  CASEEXPR: ofCase,
  CASETESTEXPR: never,
  AGGREF: ofAggregate,
  WINDOWFUNC: ofWindow,
  SUBLINK: ofSubquery,
  RELABELTYPE: ofItsArgument,
  COERCEVIAIO: ofCast,
  ARRAYCOERCEEXPR: ofItsArgument,
  COLLATEEXPR: ofItsArgument,
  NAMEDARGEXPR: ofItsArgument,
  NULLTEST: never,
  BOOLEANTEST: never,
  DISTINCTEXPR: never,
  ROWEXPR: never,
  ARRAYEXPR: never,
  SQLVALUEFUNCTION: never,
};
