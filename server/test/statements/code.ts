/** The `sql` templates of the product, with the row types that they claim, as TypeScript's own checker sees them. */
import { join, relative } from 'node:path';
import type { Node, SourceFile } from 'typescript/unstable/ast';
import {
  isCallExpression,
  isNoSubstitutionTemplateLiteral,
  isStringLiteral,
  isTaggedTemplateExpression,
  isTemplateExpression,
} from 'typescript/unstable/ast/is';
import { API, type Checker, type Type } from 'typescript/unstable/sync';
import { hashOf } from './template.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const src = join(root, 'server', 'src');

export interface Template {
  hash: string;
  /** By its path from server/src. */
  file: string;
  line: number;
  text: string;
  /** What its rows are said to be; undefined for a raw text. */
  row?: Type;
}

export interface Code {
  checker: Checker;
  templates: Template[];
  close(): void;
}

export function readCode(): Code {
  const api = new API({ cwd: root });
  const [project] = api.updateSnapshot({ openProject: join(root, 'tsconfig.json') }).getProjects();
  if (!project) throw new Error('There is no project in tsconfig.json.');
  const { program, checker } = project;
  const names = program.getSourceFileNames().filter((name) => isOfProduct(relative(src, name)));
  const templates = names.flatMap((name) => {
    const file = program.getSourceFile(name);
    return file ? [...templatesOf(file, file, checker)] : [];
  });
  return { checker, templates, close: () => api.close() };
}

/** The demo's statements run once, before anybody works with the instance. */
const isOfProduct = (file: string) => !/^\.\.|\.test\.ts$|^demo\//.test(file);

function* templatesOf(node: Node, file: SourceFile, checker: Checker): Generator<Template> {
  const pieces = piecesOf(node, file);
  if (pieces?.join('').trim()) {
    yield {
      hash: hashOf(pieces),
      file: relative(src, file.fileName),
      line: file.text.slice(0, node.getStart(file)).split('\n').length,
      text: pieces.join('$'),
      row: isTaggedTemplateExpression(node) ? rowOf(node, checker) : undefined,
    };
  }
  const children: Node[] = [];
  node.forEachChild((child) => void children.push(child));
  for (const child of children) yield* templatesOf(child, file, checker);
}

/** The text of a template, or of a raw text that is written out, in the pieces between its values. */
function piecesOf(node: Node, file: SourceFile): string[] | undefined {
  if (isTaggedTemplateExpression(node) && node.tag.getText(file) === 'sql') {
    const { template } = node;
    if (!isTemplateExpression(template)) return [template.text];
    return [template.head.text, ...template.templateSpans.map(({ literal }) => literal.text)];
  }
  if (isCallExpression(node) && node.expression.getText(file) === 'sql.raw') {
    const [text] = node.arguments;
    if (text && (isStringLiteral(text) || isNoSubstitutionTemplateLiteral(text))) return [text.text];
  }
  return undefined;
}

/** The `Row` of `Sql<Row>`, also where it is not written but inferred. */
function rowOf(node: Node, checker: Checker): Type | undefined {
  const type = checker.getTypeAtLocation(node);
  return type?.isTypeReference() ? checker.getTypeArguments(type)[0] : undefined;
}
