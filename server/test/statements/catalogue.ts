/** The catalogue of statements: one .sql file for each folder of the code, for people to read and for a test to check. */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const folder = join(import.meta.dirname, 'catalogue');

export interface Statement {
  /** Of the template that it is compiled from. */
  hash: string;
  /** Of the templates and raw texts within it. */
  parts: string[];
  /** As PostgreSQL gets it. */
  text: string;
  /** The file of server/src that it was in when it was written down; it may have moved. */
  file?: string;
}

const HEAD = `-- Every statement of this folder as PostgreSQL gets it, each with the hash of its template and of the templates
-- within it. Written by "npm run statements"; server/test/statements.test.ts holds code and database against it.
`;

export function readCatalogue(): Statement[] {
  const files = readdirSync(folder).filter((name) => name.endsWith('.sql'));
  return files.flatMap((name) => parse(readFileSync(join(folder, name), 'utf8')));
}

function parse(content: string): Statement[] {
  const [, ...sections] = content.split(/^--- /m);
  return sections.map((section) => {
    const [head = '', ...lines] = section.split('\n');
    const [file, hash = '', ...parts] = head.split(' ');
    return { file, hash, parts, text: lines.join('\n').trim() };
  });
}

/** Writes all of it anew. `fileOf` says which file of server/src the template of a hash is in. */
export function writeCatalogue(statements: Statement[], fileOf: (hash: string) => string) {
  const byFolder = Map.groupBy(statements, ({ hash }) => dirname(fileOf(hash)).replaceAll('/', '-'));
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  for (const [name, own] of byFolder) {
    const sections = own.map(({ hash, parts, text }) => {
      const head = [fileOf(hash), hash, ...parts.toSorted()].join(' ');
      return `\n--- ${head}\n${readable(text)}\n`;
    });
    writeFileSync(join(folder, `${name === '.' ? 'src' : name}.sql`), HEAD + sections.sort().join(''));
  }
}

/** Without the indentation that the statement has in the code, and without empty lines. */
export function readable(text: string): string {
  const lines = text.split('\n').map((line) => line.trimEnd());
  const filled = lines.filter((line) => line !== '');
  const indents = filled.slice(filled[0] === lines[0] ? 1 : 0).map((line) => line.search(/\S/));
  const indent = indents.length > 0 ? Math.min(...indents) : 0;
  const shifted = filled.map((line) => (line.search(/\S/) >= indent ? line.slice(indent) : line));
  return shifted.join('\n').trim();
}
