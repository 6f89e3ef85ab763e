import { useNavigate, useSearch } from '@tanstack/react-router';
import type { Change, ListSearch } from './list-search.ts';

/** The filters and the order in the address, and what changes them. The open ticket stays open. */
export function useListSearch() {
  const search: ListSearch = useSearch({ from: '/$list' });
  const navigate = useNavigate();
  return {
    search,
    change: (changed: Change) => {
      const next = Object.entries({ ...search, ...changed }).filter(([, value]) => value !== undefined);
      // The entries of a ListSearch, without those that are taken away.
      void navigate({ to: '.', search: Object.fromEntries(next) as ListSearch });
    },
    clear: () => void navigate({ to: '.', search: search.sort ? { sort: search.sort } : {} }),
  };
}
