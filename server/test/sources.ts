/** The project's TypeScript as text, with the imports of each file. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

const src = join(import.meta.dirname, '..', 'src');

export interface Import {
  /** A package, or the path of a file from server/src. */
  from: string;
  isPackage: boolean;
  isType: boolean;
  /** `*` for all of it. */
  names: string[];
}

export interface Source {
  file: string;
  text: string;
  imports: Import[];
}

/** All files under a folder, relative to server/src; none when it does not exist. */
export function readSources(folder = ''): Source[] {
  const root = join(src, folder);
  if (!existsSync(root)) return [];
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((file) => /^(?!.*node_modules).*\.ts$/.test(file))
    .map((file) => {
      const path = join(root, file);
      const text = readFileSync(path, 'utf8');
      return { file: relative(src, path), text, imports: importsOf(text, dirname(path)) };
    });
}

const anyImport =
  /^(?:import|export)\s+(type\s+)?([^;'"]*?)\s*from\s+'([^']+)'|\bimport\('([^']+)'\)|^import\s+'([^']+)'/gm;

function importsOf(text: string, folder: string): Import[] {
  return [...text.matchAll(anyImport)].map(([, type, what = '', static_, dynamic, bare]) => {
    const from = static_ ?? dynamic ?? bare ?? '';
    const isPackage = !/^[.#]/.test(from);
    const named = /^\{([^}]*)\}$/.exec(what)?.[1]?.match(/[^\s,][^,]*[^\s,]|\w/g);
    return {
      from: isPackage ? from : relative(src, resolve(folder, from)),
      isPackage,
      isType: Boolean(type) || (named?.every((name) => name.startsWith('type ')) ?? false),
      names: named?.map((name) => name.replace(/^type /, '').replace(/ as .*/, '')) ?? ['*'],
    };
  });
}

/** `#…`, `#demo/…` and `#test/…` are defined in server/package.json. */
function resolve(folder: string, from: string): string {
  if (/^#(demo|test)\//.test(from)) return join(src, '..', from.slice(1));
  return from.startsWith('#') ? join(src, from.slice(1)) : join(folder, from);
}
