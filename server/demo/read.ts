/** Reads the data files. What is wrong with one is said with its name and where it is. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { createAjv, fieldErrors } from '#platform/http/ajv.ts';
import type { Static, TSchema } from '#platform/type.ts';

/** A reader of files of one kind: of the name, from this folder, and of the text. */
export function readerOf<T extends TSchema>(schema: T) {
  const check = createAjv().compile<Static<T>>(schema);
  return (name: string, text = readFileSync(join(import.meta.dirname, name), 'utf8')): Static<T> => {
    const data = load(text, { filename: name }); // says the line itself
    if (check(data)) return data;
    const [error] = fieldErrors('body', check.errors ?? []);
    throw new Error(`${name}: ${error?.pointer} ${error?.detail}`);
  };
}

/** What a data file calls by its name. */
export function named<T>(things: Map<string, T>, name: string): T {
  const thing = things.get(name);
  if (thing === undefined) throw new Error(`nothing and nobody is called "${name}"`);
  return thing;
}
