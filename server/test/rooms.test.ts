/** Rooms: the folders of `desk`, `people` and `platform`. ARCHITECTURE.md shows them; type imports count as well. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readSources } from './sources.ts';

/** From the bottom up: a room imports rooms of its own floor and of the floors below. */
const floors = ['platform', 'people', 'desk', 'faces'];

/** Files outside of rooms that every room may import. */
const foundations = ['actor.ts', 'config.ts', 'errors.ts', 'visible.ts'];

/** Imports from a higher floor, each with its reason. */
const climbs: Record<string, string> = {
  'people/staff/staff.ts → desk/tickets/release.ts':
    'Disabling a member hands their tickets on in the same transaction.',
};

interface Edge {
  file: string;
  from: string;
}

const product = readSources().filter(({ file }) => !file.endsWith('.test.ts'));

const edges: Edge[] = product
  .filter(({ file }) => isInRoom(file))
  .flatMap(({ file, imports }) =>
    imports
      .filter(({ isPackage, from }) => !isPackage && roomOf(from) !== roomOf(file))
      .map(({ from }) => ({ file, from })),
  );

/** `desk/tickets` of `desk/tickets/comments/add.ts`. */
function roomOf(file: string): string {
  return file.split('/').slice(0, -1).slice(0, 2).join('/');
}

function floorOf(file: string): number {
  return floors.indexOf(file.split('/')[0] ?? '');
}

function isInRoom(file: string): boolean {
  return floorOf(file) >= 0;
}

test('rooms import only from their floor or below, and the foundations', () => {
  const climbing = edges.filter(({ file, from }) =>
    isInRoom(from) ? floorOf(from) > floorOf(file) : !foundations.includes(from),
  );
  assert.deepEqual(climbing.map(({ file, from }) => `${file} → ${from}`).sort(), Object.keys(climbs).sort());
});

test('no rooms import each other in a circle', () => {
  const climbing = new Set(Object.keys(climbs));
  const next = Map.groupBy(
    edges.filter(({ file, from }) => isInRoom(from) && !climbing.has(`${file} → ${from}`)),
    ({ file }) => roomOf(file),
  );
  const done = new Set<string>();
  const walk = (room: string, path: string[]) => {
    assert.ok(!path.includes(room), `a circle: ${[...path, room].join(' → ')}`);
    if (done.has(room)) return;
    for (const { from } of next.get(room) ?? []) walk(roomOf(from), [...path, room]);
    done.add(room);
  };
  for (const room of next.keys()) walk(room, []);
});

test('imports of other folders use absolute names, not `..`', () => {
  const rising = product.flatMap(({ file, text }) =>
    [...text.matchAll(/from '(\.\.\/[^']*)'/g)].map(([, from]) => `${file} → ${from}`),
  );
  assert.deepEqual(rising, []);
});
