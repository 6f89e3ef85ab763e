/** Who imports whom in the web, and what every style sheet begins with. */
import assert from 'node:assert/strict';
import { posix } from 'node:path';
import { test } from 'node:test';
import { readWeb } from './sources.ts';

const LAYERS = '@layer reset, tokens, base, component, page;';
const MAX_LINES = 250;

/** The imports of a file, as paths from `web/src` or names of packages. */
function importsOf(path: string, text: string): string[] {
  const names = [...text.matchAll(/(?:from|import) ?\(?'([^']+)'/g)].map(([, name = '']) => name);
  return names.map((name) => {
    if (name.startsWith('#')) return name.slice(1);
    return name.startsWith('.') ? posix.join(posix.dirname(path), name) : name;
  });
}

const sources = readWeb('**/*.{ts,tsx}');
const imports = [...sources].flatMap(([path, text]) => importsOf(path, text).map((name) => ({ path, name })));

test('a face does not import the other one, and what they share imports neither', () => {
  const wrong = imports.filter(({ path, name }) => {
    const [from, to] = [path.split('/')[0] ?? '', name.split('/')[0] ?? ''];
    if (!['console', 'portal'].includes(to)) return false;
    return from !== to;
  });
  assert.deepEqual(wrong, []);
});

test('Base UI is imported in console/ui only, and the portal does without the libraries of the console', () => {
  const heavy = /^(?:@base-ui|@tanstack\/react-(?:router|virtual|hotkeys)|virtual:emoji)/;
  const wrong = imports.filter(({ path, name }) => {
    if (name.startsWith('@base-ui')) return !path.startsWith('console/ui/');
    return heavy.test(name) && !path.startsWith('console/');
  });
  assert.deepEqual(wrong, []);
});

test('generated operations are called, and nothing else fetches', () => {
  const mayFetch = ['api/stream.ts', 'shared/uploads.ts', 'shared/new-build.ts']; // a stream, progress, a page
  const wrong = [...sources].filter(
    ([path, text]) => /\bfetch\(|XMLHttpRequest/.test(text) && !mayFetch.includes(path),
  );
  assert.deepEqual(
    wrong.map(([path]) => path),
    [],
  );
});

test('every style sheet names the layers in the same order, so that the order of chunks does not matter', () => {
  const wrong = [...readWeb('**/*.css')].filter(([, text]) => !text.startsWith(LAYERS));
  assert.deepEqual(
    wrong.map(([path]) => path),
    [],
  );
});

test('colours are tokens', () => {
  const raw = /(?:#[0-9a-f]{3,8}\b|\brgba?\(|\bhsla?\()/i;
  const wrong = [...readWeb('**/*.css')].filter(([, text]) => raw.test(text));
  assert.deepEqual(
    wrong.map(([path]) => path),
    [],
  );
});

test(`no file has more than ${MAX_LINES} lines`, () => {
  const long = [...sources].filter(([, text]) => text.split('\n').length > MAX_LINES + 1);
  assert.deepEqual(
    long.map(([path]) => path),
    [],
  );
});
