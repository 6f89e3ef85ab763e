import { useLingui } from '@lingui/react/macro';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { Search, Ticket } from 'lucide-react';
import { useMemo } from 'react';
import { listAccountsOptions, listQueueOptions } from '#api/generated/@tanstack/react-query.gen.ts';
import { Avatar } from '#shared/ui/Avatar.tsx';
import { knownRows, namedBy } from '../list/cache.ts';
import { useKnown } from '../list/known.ts';
import { hasFilters, toFilter } from '../list/list-search.ts';
import { readSearchText } from '../list/search-text.ts';
import { SEARCH } from '../queues.ts';
import type { CommandGroup, CommandItem } from '../ui/CommandDialog.tsx';
import { useDebounced } from '../useDebounced.ts';

const TICKETS = 8;
const CLIENTS = 5;

/** Tickets and clients: those of the lists at once, then what the server finds. `first` is the ticket of a number. */
export function useFound(text: string): { first: CommandGroup[]; last: CommandGroup[] } {
  const { t } = useLingui();
  const navigate = useNavigate();
  const { list = 'open' } = useParams({ strict: false });
  const words = text.trim();
  const q = useDebounced(words);
  const enabled = q.length > 1 && words.length > 1;
  const options = { enabled, placeholderData: keepPreviousData, staleTime: 10_000, gcTime: 60_000 };
  const known = useKnown();
  const filter = toFilter(readSearchText(q, known));
  const named = filter.client ?? filter.q ?? '';
  const tickets = useQuery({ ...listQueueOptions({ query: { ...filter, limit: TICKETS } }), ...options }).data
    ?.items;
  const clients = useQuery({
    ...listAccountsOptions({ query: { q: named, limit: CLIENTS } }),
    ...options,
    enabled: enabled && named !== '',
  }).data?.items;
  const search = readSearchText(words, known);
  const { q: searched = '', ...filters } = search;
  const isFiltered = hasFilters(filters);
  const local = useMemo(
    () => (searched.length > 1 && !isFiltered ? knownRows(searched).slice(0, TICKETS) : []),
    [searched, isFiltered],
  );
  if (words === '') return { first: [], last: [] };

  const open = (number: number) => () =>
    void navigate({ to: '/$list/$number', params: { list, number: String(number) }, search: true });
  const number = Number(/^#?(\d{1,15})$/.exec(words)?.[1]);
  const hits = [...local, ...(enabled ? (tickets ?? []) : [])];
  const byNumber = new Map(hits.map((ticket) => [ticket.number, ticket]));
  const exact = byNumber.get(number);
  byNumber.delete(number);
  const isNamed = namedBy(searched);

  const searchItem: CommandItem = {
    id: 'search',
    icon: <Search size={17} aria-hidden />,
    name: t`Search all tickets for “${words}”`,
    run: () => void navigate({ to: '/$list', params: { list: SEARCH }, search }),
  };
  const items = (list: typeof hits): CommandItem[] =>
    list.map((ticket) => ({
      id: `ticket.${ticket.number}`,
      icon: <Ticket size={17} aria-hidden />,
      name: ticket.summary,
      hint: `#${ticket.number} · ${ticket.client_aliased_name ?? ticket.account_name}`,
      run: open(ticket.number),
    }));
  const numbered: CommandItem[] = exact
    ? items([exact])
    : number
      ? [
          {
            id: 'number',
            icon: <Ticket size={17} aria-hidden />,
            name: t`Open #${number}`,
            run: open(number),
          },
        ]
      : [];
  return {
    first: [{ name: t`Ticket`, items: numbered }],
    last: [
      { name: t`Tickets`, items: items([...byNumber.values()].filter(isNamed).slice(0, TICKETS)) },
      {
        name: t`Clients`,
        items: (enabled && named !== '' ? (clients ?? []) : []).map(({ account_id, name, email }) => ({
          id: `account.${account_id}`,
          icon: <Avatar name={name} size={20} shape="square" />,
          name,
          hint: email ?? undefined,
          run: () =>
            void navigate({
              to: '/$list',
              params: { list: SEARCH },
              search: { account_id: String(account_id) },
            }),
        })),
      },
      {
        name: t`In messages`,
        items: items([...byNumber.values()].filter((ticket) => !isNamed(ticket)).slice(0, TICKETS)),
      },
      { name: t`Search`, items: [searchItem] },
    ],
  };
}
