import { t } from '@lingui/core/macro';
import { useQuery } from '@tanstack/react-query';
import { Outlet } from '@tanstack/react-router';
import { Suspense } from 'react';
import { countQueueOptions } from '#api/generated/@tanstack/react-query.gen.ts';
import { SearchHeader } from '../list/LazyFilterHeaders.tsx';
import { ListHeader } from '../list/ListHeader.tsx';
import { toFilter } from '../list/list-search.ts';
import { NothingFound } from '../list/NothingFound.tsx';
import { TicketList } from '../list/TicketList.tsx';
import { useListSearch } from '../list/useListSearch.ts';
import { SEARCH } from '../queues.ts';

/** What a search has found is a list like any other: it stays while its tickets are worked on. */
export function SearchPage() {
  const { search } = useListSearch();
  const { sort = '-updated', ...filter } = toFilter(search);
  const count = useQuery(countQueueOptions({ query: filter })).data?.count;
  return (
    <>
      <TicketList
        list={SEARCH}
        name={t`Search`}
        filter={{ ...filter, sort }}
        header={(isLoaded) => (
          <Suspense
            fallback={<ListHeader name={t`Search`} count={isLoaded ? count : undefined} sort={sort} />}
          >
            <SearchHeader count={isLoaded ? count : undefined} />
          </Suspense>
        )}
        empty={<NothingFound />}
      />
      <Outlet />
    </>
  );
}
