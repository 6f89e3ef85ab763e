/** What the list shows. It stays while tickets are opened and closed. */
import { createStore } from '#shared/store.ts';

export type Segment = 'open' | 'closed';

/** What waits for the client stands first. */
export const filters = {
  open: { only_opened: true, sort: 'await_client' },
  closed: { only_closed: true },
} as const;

interface ListView {
  segment: Segment;
  /** What stands in the search field. */
  typed: string;
}

const view = createStore<ListView>({ segment: 'open', typed: '' });

export const useListView = view.use;
export const showInList = (changed: Partial<ListView>) => view.set({ ...view.get(), ...changed });
