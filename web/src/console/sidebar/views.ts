/** Saved views: what the sidebar does with them. A change is shown at once and taken back when it fails. */
import { t } from '@lingui/core/macro';
import type { Query } from '@tanstack/react-query';
import { once, queryClient } from '#api/client.ts';
import { countViewsQueryKey, listViewsQueryKey } from '#api/generated/@tanstack/react-query.gen.ts';
import { addView, changeView, deleteView } from '#api/generated/sdk.gen.ts';
import type {
  AddViewData,
  ChangeViewData,
  ListViewsResponse,
  StaffEventBase,
  View,
} from '#api/generated/types.gen.ts';
import type { Sort } from '../list/list-search.ts';
import type { ViewFilter } from '../list/view-filter.ts';
import { wordsOf } from '../refusals.ts';
import { sayDone, sayFailed } from '../ui/toasts.ts';

interface Filtered {
  filter: ViewFilter;
  sort: Sort;
}

const known = () => queryClient.getQueryData<ListViewsResponse>(listViewsQueryKey())?.items ?? [];

function show(views: View[]) {
  const items = views.toSorted((one, other) => one.position - other.position || one.view_id - other.view_id);
  queryClient.setQueryData<ListViewsResponse>(listViewsQueryKey(), { items });
}

/** Reads all again: a colleague has changed a shared one, or a change has failed. */
export function refreshViews() {
  void queryClient.invalidateQueries({ queryKey: listViewsQueryKey() });
  void queryClient.invalidateQueries({ queryKey: countViewsQueryKey() });
}

/** The tickets of a view: its filter is another one now. */
function readViewAgain(id: number) {
  const isOfView = ({ queryKey: [key] }: Query) => {
    const { query } = (key ?? {}) as { query?: { view_id?: number } }; // a key of the generated client
    return query?.view_id === id;
  };
  void queryClient.invalidateQueries({ predicate: isOfView });
  void queryClient.invalidateQueries({ queryKey: countViewsQueryKey() });
}

/** What a colleague, or this member elsewhere, has done to a view. */
export function applyViewEvent({ type, data }: Pick<StaffEventBase, 'type' | 'data'>) {
  if (!type.startsWith('view.')) return;
  refreshViews();
  if (type === 'view.changed') readViewAgain(Number(data?.view_id));
}

export async function saveView(view: Omit<AddViewData['body'], 'position'>): Promise<View> {
  const position = Math.max(-1, ...known().map((each) => each.position)) + 1;
  const added = await addView({ body: { ...view, position }, headers: once() });
  show([...known(), added]);
  refreshViews();
  return added;
}

export async function renameView({ view_id }: View, name: string) {
  const change = async () => put(await changeView({ path: { view_id }, body: { name } }));
  await orSay(change, t`Could not rename the view`);
}

/** Returns whether it is saved. The undo brings the filter of before back. */
export async function saveFilter({ view_id, name, filter, sort }: View, changed: Filtered): Promise<boolean> {
  const change = (body: Filtered | Pick<View, 'filter' | 'sort'>) => async () => {
    // A view has an account as number or text; the type of a change knows the text alone.
    put(await changeView({ path: { view_id }, body: body as ChangeViewData['body'] }));
    readViewAgain(view_id);
  };
  const undo = () => void orSay(change({ filter, sort }), t`Could not change the view`);
  return await orSay(async () => {
    await change(changed)();
    sayDone(t`View “${name}” changed`, { label: t`Undo`, run: undo });
  }, t`Could not change the view`);
}

export async function removeView(view: View) {
  const { name } = view;
  show(known().filter(({ view_id }) => view_id !== view.view_id));
  const remove = async () => {
    await deleteView({ path: { view_id: view.view_id } });
    sayDone(t`View “${name}” deleted`, { label: t`Undo`, run: () => restore(view) });
  };
  await orSay(remove, t`Could not delete the view`);
}

/** Everybody sees it from now on: a shared view has no owner, so that it is another one. */
export async function shareView(view: View) {
  const share = async () => {
    await restore({ ...view, is_shared: true });
    await deleteView({ path: { view_id: view.view_id } });
    show(known().filter(({ view_id }) => view_id !== view.view_id));
    sayDone(t`The whole team sees the view now`);
  };
  await orSay(share, t`Could not share the view`);
}

/** Moves a view among its own: `views` are those, in their order. */
export async function moveView(views: View[], from: number, to: number) {
  const moved = views[from];
  if (!moved || to < 0 || to >= views.length || from === to) return;
  const order = views.toSpliced(from, 1).toSpliced(to, 0, moved);
  const changed = order
    .map((view, position) => ({ ...view, position }))
    .filter(({ view_id, position }) =>
      views.some((view) => view.view_id === view_id && view.position !== position),
    );
  const others = known().filter(({ view_id }) => !changed.some((view) => view.view_id === view_id));
  show([...others, ...changed]);
  const store = async () => {
    for (const { view_id, position } of changed) await changeView({ path: { view_id }, body: { position } });
  };
  await orSay(store, t`Could not move the view`);
}

async function restore({ name, filter, sort, position, is_shared }: View) {
  const body = { name, filter, sort, position, is_shared };
  // A view has an account as number or text; the type of a new one knows the text alone.
  show([...known(), await addView({ body: body as AddViewData['body'], headers: once() })]);
  refreshViews();
}

const put = (view: View) => show(known().map((each) => (each.view_id === view.view_id ? view : each)));

/** Returns whether it worked. */
async function orSay(change: () => Promise<void>, failed: string): Promise<boolean> {
  try {
    await change();
    return true;
  } catch (error) {
    sayFailed(`${failed}. ${wordsOf(error)}`);
    refreshViews();
    return false;
  }
}
