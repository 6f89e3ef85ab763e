import { Outlet, useParams } from '@tanstack/react-router';
import { Suspense } from 'react';
import { EditViewButton } from '../list/EditViewButton.tsx';
import { EmptyList } from '../list/EmptyList.tsx';
import { EditViewHeader } from '../list/LazyFilterHeaders.tsx';
import { ListHeader } from '../list/ListHeader.tsx';
import { toFilter } from '../list/list-search.ts';
import { TicketList } from '../list/TicketList.tsx';
import { useListSearch } from '../list/useListSearch.ts';
import { useNamedList } from '../list/useNamedList.ts';
import { editedFilter } from '../list/view-filter.ts';
import { type Filter, SEARCH } from '../queues.ts';
import { SearchPage } from './SearchPage.tsx';

/** A list of tickets, and beside it the one that is open. */
export function QueuePage() {
  const { list } = useParams({ from: '/$list' });
  const { search } = useListSearch();
  const { name, count, filter, sort, view, isMissing } = useNamedList(list);
  if (list === SEARCH) return <SearchPage />;
  const isEditing = view !== undefined && search.edit === true;
  const shown = isEditing ? editedFilter(view, search) : { ...filter, ...toFilter(search) };
  return (
    <>
      <TicketList
        list={list}
        name={name}
        filter={filter && ({ ...shown, sort: search.sort ?? sort } as Filter)} // a view’s filter is one of a list
        header={(isLoaded) => (
          <Suspense fallback={<ListHeader name={name} count={isLoaded ? count : undefined} sort={sort} />}>
            {isEditing ? (
              <EditViewHeader view={view} />
            ) : (
              <ListHeader name={name} count={isLoaded ? count : undefined} sort={sort}>
                {view && <EditViewButton view={view} />}
              </ListHeader>
            )}
          </Suspense>
        )}
        empty={<EmptyList list={list} isMissing={isMissing} />}
      />
      <Outlet />
    </>
  );
}
