/** PostgreSQL's own analysis of a statement, as `debug_print_parse` prints it: `{VAR :varno 1 :varnullingrels (b 3)}`. */

export interface TreeNode {
  /** Such as `VAR`. */
  kind: string;
  fields: Record<string, Value>;
}
/** `<>` is undefined; a value that is not a node or a list is its text. */
export type Value = TreeNode | Value[] | string | undefined;

export function parseTree(printed: string): TreeNode {
  const tokens = printed.match(/[{}()]|"(?:\\.|[^"\\])*"|(?:\\.|[^\s{}()\\])+/g) ?? [];
  let at = 0;

  function value(): Value {
    const token = tokens[at++];
    if (token === '{') return node();
    if (token === '(') return list();
    return token === '<>' ? undefined : token;
  }

  function list(): Value[] {
    const values: Value[] = [];
    while (tokens[at] !== ')') values.push(value());
    at++;
    return values;
  }

  function node(): TreeNode {
    const kind = tokens[at++] ?? '';
    const fields: Record<string, Value> = {};
    while (tokens[at] !== '}') {
      const name = tokens[at++]?.slice(1) ?? '';
      const values: Value[] = [];
      while (!isField(tokens[at])) values.push(value());
      fields[name] = values.length > 1 ? values : values[0]; // bytes are several
    }
    at++;
    return { kind, fields };
  }

  const isField = (token = '}') => token === '}' || /^:[a-zA-Z]/.test(token);
  const tree = value();
  if (!isNode(tree)) throw new Error('This is not a tree.');
  return tree;
}

export const isNode = (value: Value): value is TreeNode => typeof value === 'object' && 'kind' in value;

export const nodeAt = ({ fields }: TreeNode, name: string): TreeNode | undefined => {
  const value = fields[name];
  return isNode(value) ? value : undefined;
};

export const nodesAt = ({ fields }: TreeNode, name: string): TreeNode[] => {
  const value = fields[name];
  return Array.isArray(value) ? value.filter(isNode) : [];
};

export const numberAt = ({ fields }: TreeNode, name: string): number => Number(fields[name]);

export const isTrue = ({ fields }: TreeNode, name: string): boolean => fields[name] === 'true';

/** Members of a set, `(b 1 3)`. */
export function setAt({ fields }: TreeNode, name: string): number[] {
  const value = fields[name];
  return Array.isArray(value) ? value.slice(1).map(Number) : [];
}
