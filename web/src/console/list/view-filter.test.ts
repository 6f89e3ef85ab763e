import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type ListSearch, readListSearch } from './list-search.ts';
import { editedFilter, isEdited, searchOf } from './view-filter.ts';

const view = {
  filter: {
    status_key: 'new,in_progress',
    account_id: 12,
    is_closed: false,
    keystone_projects: 'a1',
    created_from: '2026-11-01T10:30:00.000Z',
  },
  sort: 'waiting' as const,
};
const edit = (changes: { [name in keyof ListSearch]?: ListSearch[name] | undefined }): ListSearch =>
  Object.fromEntries(
    Object.entries({ ...searchOf(view), ...changes }).filter(([, value]) => value !== undefined),
  );

test('what is not touched stays as it is, and so does what no address can say', () => {
  assert.equal(isEdited(view, searchOf(view)), false);
  assert.deepEqual(editedFilter(view, searchOf(view)), view.filter);
  const { created_from, ...rest } = editedFilter(view, edit({ priority: 'high', status_key: undefined }));
  assert.equal(created_from, '2026-11-01T10:30:00.000Z');
  assert.deepEqual(rest, { account_id: 12, is_closed: false, keystone_projects: 'a1', priority: 'high' });
});

test('a name, a score and files of a view can be edited', () => {
  const filter = { client: 'polar bear', score_from: 1, score_to: 6, has_files: true };
  const own = { ...view, filter };
  assert.deepEqual(editedFilter(own, searchOf(own)), filter);
  assert.deepEqual(editedFilter(own, { client: 'fox', score_to: 6 }), { client: 'fox', score_to: 6 });
});

test('a day that is changed, and an order, are a change; the order that it has is none', () => {
  const search = edit({ created_from: '2026-10-02' });
  assert.equal(isEdited(view, search), true);
  assert.notEqual(editedFilter(view, search).created_from, view.filter.created_from);
  assert.equal(isEdited(view, edit({ sort: 'waiting' })), false);
  assert.equal(isEdited(view, edit({ sort: 'created' })), true);
});

test('the address keeps that a view is edited', () => {
  assert.equal(readListSearch({ edit: 'true', q: 'disk' }).edit, true);
  assert.equal('edit' in readListSearch({ edit: 'no' }), false);
});
