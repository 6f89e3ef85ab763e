/**
 * Parses a JSON body and stops hostile input: invalid UTF-8, nesting that would overflow the stack of later code,
 * duplicate names, and text that PostgreSQL cannot store or would silently alter.
 */
import { type ApiError, type FieldError, invalid } from '#errors.ts';
import { unstorableReason } from '#platform/db/unstorable.ts';

const MAX_DEPTH = 32;
/**
 * Limits the commas, the names and the brackets. The largest legal body, a split, has 500. Every invalid value costs
 * an error object.
 */
const MAX_VALUES = 2000;
const utf8 = new TextDecoder('utf-8', { fatal: true });

/** Throws a 400 that says what is wrong and where. An empty body gives undefined. */
export function parseJson(body: Buffer): unknown {
  if (body.length === 0) return undefined;
  const text = decode(body);
  checkStructure(text);
  const value = parse(text);
  // Only an escape can produce NUL or half a surrogate pair. Unescaped, neither is valid JSON in UTF-8.
  if (text.includes('\\u')) refuseUnstorable(value);
  return value;
}

const malformed = (detail: string): ApiError => invalid('malformed_json', detail);

function decode(body: Buffer): string {
  try {
    return utf8.decode(body);
  } catch {
    throw malformed('The body is not valid UTF-8.');
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw malformed(`The body is not JSON: ${(error as Error).message}.`);
  }
}

/** Checks depth, size and duplicate names in one pass over the text, before anything is built from it. */
function checkStructure(text: string) {
  const counts = { commas: 0, brackets: 0, strings: 0 };
  const count = (what: keyof typeof counts, max = MAX_VALUES) => {
    if (++counts[what] >= max) throw malformed(`The body has more than ${MAX_VALUES} values.`);
  };
  const open: Array<Set<string> | null> = []; // names of each open object; null for an array
  for (let i = 0; i < text.length; i++) {
    const character = text[i];
    if (character === '{' || character === '[') {
      count('brackets');
      open.push(character === '{' ? new Set() : null);
      if (open.length > MAX_DEPTH) throw malformed(`The body is nested deeper than ${MAX_DEPTH} levels.`);
    } else if (character === '}' || character === ']') {
      open.pop();
    } else if (character === ',') {
      count('commas');
    } else if (character === '"') {
      count('strings', 2 * MAX_VALUES); // a name and a value each
      const end = endOfString(text, i);
      const names = open.at(-1);
      if (names && isName(text, end)) addName(names, text.slice(i, end + 1));
      i = end;
    }
  }
}

function endOfString(text: string, start: number): number {
  for (let i = start + 1; ; i++) {
    const quote = text.indexOf('"', i);
    if (quote === -1) throw malformed('The body is not JSON: a string has no end.');
    let backslashes = 0;
    while (text[quote - 1 - backslashes] === '\\') backslashes++;
    if (backslashes % 2 === 0) return quote;
    i = quote;
  }
}

function isName(text: string, endOfString: number): boolean {
  let i = endOfString + 1;
  while (text[i] === ' ' || text[i] === '\n' || text[i] === '\r' || text[i] === '\t') i++;
  return text[i] === ':';
}

function addName(names: Set<string>, quoted: string) {
  const name: unknown = parse(quoted);
  if (name === '__proto__') throw malformed('The body has a field named "__proto__".');
  if (names.has(String(name))) throw malformed(`The body has the field ${quoted.slice(0, 100)} twice.`);
  names.add(String(name));
}

function refuseUnstorable(value: unknown) {
  const errors: FieldError[] = [];
  walk(value, '', (text, pointer) => {
    const detail = unstorableReason(text);
    if (detail) errors.push({ pointer, detail });
  });
  if (errors.length > 0)
    throw invalid('invalid_request', 'The body has text that cannot be stored.', errors.slice(0, 20));
}

function walk(value: unknown, pointer: string, visit: (text: string, pointer: string) => void) {
  if (typeof value === 'string') visit(value, pointer);
  else if (typeof value === 'object' && value !== null) {
    for (const [name, member] of Object.entries(value)) {
      visit(name, pointer);
      walk(member, `${pointer}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`, visit);
    }
  }
}
