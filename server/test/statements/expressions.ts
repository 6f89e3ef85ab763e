/** For each kind of expression, whether it can be null. */
import type { Catalog } from './catalog.ts';
import type { CanBeNull } from './nullable.ts';
import { outputOf, type Scope } from './scope.ts';
import { isTotalFunction, isTotalOperator, isTotalSet } from './total.ts';
import { isTrue, nodeAt, nodesAt, numberAt, type TreeNode } from './tree.ts';

type Rule = (expression: TreeNode, scope: Scope) => boolean;
export type Expressions = Record<string, Rule | undefined>;

const SUBLINK_EXISTS = 0;
const SUBLINK_ANY = 2;
const SUBLINK_VALUE = 4;
const SUBLINK_ARRAY = 6;
const JSONB = 3802;

const never: Rule = () => false;

/** `isColumn` says it of the first column of a subquery. */
export function expressions(
  catalog: Catalog,
  isNull: CanBeNull,
  isColumn: (subquery: Scope) => boolean,
): Expressions {
  const anyArg: Rule = (node, scope) => nodesAt(node, 'args').some((arg) => isNull(arg, scope));
  const allArgs: Rule = (node, scope) => nodesAt(node, 'args').every((arg) => isNull(arg, scope));
  const itsArg: Rule = (node, scope) => isNull(nodeAt(node, 'arg'), scope);
  const functionOf = (node: TreeNode, field: string) => catalog.nameOfFunction(numberAt(node, field));

  const subquery: Rule = (node, scope) => {
    const query = nodeAt(node, 'subselect');
    const type = numberAt(node, 'subLinkType');
    if (!query || type === SUBLINK_EXISTS || type === SUBLINK_ARRAY) return !query;
    const isOfNull = () => isColumn({ query, outer: scope });
    if (type === SUBLINK_VALUE) return !hasOneRow(query) || isOfNull();
    return type !== SUBLINK_ANY || isNull(firstArg(nodeAt(node, 'testexpr')), scope) || isOfNull();
  };

  const call: Rule = (node, scope) => {
    const name = functionOf(node, 'funcid');
    if (isBuildingJson(name)) return false;
    const isCastOfJson = numberAt(node, 'funcformat') > 0 && nodesAt(node, 'args').some(isJson);
    if (isCastOfJson) return true; // a null within JSON becomes one
    return !(isTotalFunction(name) || isTotalSet(name)) || anyArg(node, scope);
  };

  /** Of a group there is a row at least; without groups there may be none. */
  const aggregate: Rule = (node, scope) => {
    const name = functionOf(node, 'aggfnoid');
    if (name === 'count') return false;
    const isGrouped =
      nodesAt(scope.query, 'groupClause').length > 0 && nodeAt(node, 'aggfilter') === undefined;
    if (!isGrouped || nodesAt(scope.query, 'groupingSets').length > 0) return true;
    const args = nodesAt(node, 'args').map((arg) => nodeAt(arg, 'expr'));
    return !/_agg$/.test(name) && args.some((arg) => isNull(arg, scope));
  };

  const window: Rule = (node, scope) => {
    const name = functionOf(node, 'winfnoid');
    if (/^(count|row_number|rank|dense_rank|ntile|percent_rank|cume_dist)$/.test(name)) return false;
    const isOwnRow = /^(sum|min|max|avg)$/.test(name) && nodeAt(node, 'aggfilter') === undefined;
    return !isOwnRow || anyArg(node, scope);
  };

  const cases: Rule = (node, scope) => {
    const results = nodesAt(node, 'args').map((branch) => nodeAt(branch, 'result'));
    return [...results, nodeAt(node, 'defresult')].some((result) => isNull(result, scope));
  };

  const operator: Rule = (node, scope) =>
    !isTotalOperator(catalog.nameOfOperator(numberAt(node, 'opno'))) || anyArg(node, scope);

  return {
    CONST: (node) => isTrue(node, 'constisnull'),
    PARAM: () => true,
    COALESCEEXPR: allArgs,
    MINMAXEXPR: allArgs,
    FUNCEXPR: call,
    OPEXPR: operator,
    SCALARARRAYOPEXPR: operator,
    BOOLEXPR: anyArg,
    CASEEXPR: cases,
    CASETESTEXPR: never,
    AGGREF: aggregate,
    WINDOWFUNC: window,
    SUBLINK: subquery,
    RELABELTYPE: itsArg,
    COERCEVIAIO: (node, scope) =>
      [nodeAt(node, 'arg')].some((arg) => !arg || isJson(arg)) || itsArg(node, scope),
    ARRAYCOERCEEXPR: itsArg,
    COLLATEEXPR: itsArg,
    COERCETODOMAIN: itsArg,
    NULLTEST: never,
    BOOLEANTEST: never,
    DISTINCTEXPR: never,
    ROWEXPR: never,
    ARRAYEXPR: never,
    SQLVALUEFUNCTION: never,
    JSONCONSTRUCTOREXPR: never,
    GROUPINGFUNC: never,
    MERGESUPPORTFUNC: never,
  };
}

const isBuildingJson = (name: string) =>
  /^jsonb?_build_(object|array)$|^concat(_ws)?$|^num_(non)?nulls$/.test(name);
const isJson = ({ fields }: TreeNode) =>
  ['vartype', 'opresulttype', 'funcresulttype'].some((type) => Number(fields[type]) === JSONB);
const firstArg = (node: TreeNode | undefined) => node && nodesAt(node, 'args')[0];

/** An aggregate over all gives a row whatever there is, and so does a query of no table. */
function hasOneRow(query: TreeNode): boolean {
  if (nodeAt(query, 'havingQual') ?? nodeAt(query, 'limitOffset')) return false;
  if (nodesAt(query, 'groupClause').length > 0 || nodesAt(query, 'groupingSets').length > 0) return false;
  if (isTrue(query, 'hasAggs')) return true;
  const joinTree = nodeAt(query, 'jointree');
  const isOfNothing = joinTree && nodesAt(joinTree, 'fromlist').length === 0 && !nodeAt(joinTree, 'quals');
  return outputOf(query).length > 0 && isOfNothing === true && !nodeAt(query, 'setOperations');
}
