/**
 * The filter of a view while it is edited: it stands in the address like that of a search. What an address cannot say,
 * and what has not been touched, stays as it is in the view.
 */
import type { View } from '#api/generated/types.gen.ts';
import { dayOf, type ListSearch, readListSearch, toFilter } from './list-search.ts';

type Name = keyof ListSearch;
/** A view has an account as a number or as text. */
export type ViewFilter = Omit<View['filter'], 'account_id'> & { account_id?: string };

/** What the address shows of it. */
export function searchOf({ filter }: Pick<View, 'filter'>): ListSearch {
  const days = Object.entries(filter).map(([name, value]) =>
    /^(?:created|updated)_/.test(name) ? [name, dayOf(new Date(String(value)))] : [name, value],
  );
  return { ...readListSearch(Object.fromEntries(days)), edit: true };
}

/** The view’s filter with what the address has changed of it. */
export function editedFilter(view: Pick<View, 'filter'>, search: ListSearch): ViewFilter {
  const before = searchOf(view);
  const isTouched = ([name]: [string, unknown]) => before[name as Name] !== search[name as Name];
  const { sort: _, ...filter } = toFilter(search);
  const kept = Object.entries(view.filter).filter((entry) => !isTouched(entry));
  const changed = Object.entries(filter).filter(isTouched);
  // Both are entries of a filter; one of the address has texts.
  return Object.fromEntries([...kept, ...changed]) as ViewFilter;
}

export function isEdited(view: Pick<View, 'filter' | 'sort'>, search: ListSearch): boolean {
  const before: ListSearch = { ...searchOf(view), sort: view.sort as NonNullable<ListSearch['sort']> };
  const after: ListSearch = { ...search, sort: search.sort ?? before.sort };
  const names = Object.keys({ ...before, ...after }) as Name[]; // of two searches
  return names.some((name) => before[name] !== after[name]);
}
