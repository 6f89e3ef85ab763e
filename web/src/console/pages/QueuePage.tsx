import { Outlet, useParams } from '@tanstack/react-router';
import { EmptyList } from '../list/EmptyList.tsx';
import { ListHeader } from '../list/ListHeader.tsx';
import { toFilter } from '../list/list-search.ts';
import { TicketList } from '../list/TicketList.tsx';
import { useListSearch } from '../list/useListSearch.ts';
import { useNamedList } from '../list/useNamedList.ts';
import { SEARCH } from '../queues.ts';
import { SearchPage } from './SearchPage.tsx';

/** A list of tickets, and beside it the one that is open. */
export function QueuePage() {
  const { list } = useParams({ from: '/$list' });
  const { search } = useListSearch();
  const { name, count, filter, sort } = useNamedList(list);
  if (list === SEARCH) return <SearchPage />;
  return (
    <>
      <TicketList
        list={list}
        name={name}
        filter={filter && { ...filter, sort, ...toFilter(search) }}
        header={<ListHeader name={name} count={count} sort={sort} />}
        empty={<EmptyList list={list} />}
      />
      <Outlet />
    </>
  );
}
