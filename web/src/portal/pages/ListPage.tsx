import { plural, t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { useCallback, useRef } from 'react';
import { useLocation, useRoute } from 'wouter';
import { Button } from '#shared/ui/Button.tsx';
import { useLater } from '#shared/useLater.ts';
import { useOnline } from '#shared/useOnline.ts';
import { useHasEnded } from '../ended.ts';
import { useKeys } from '../keys.ts';
import { Expectation } from '../list/Expectation.tsx';
import { NewTicketLink } from '../list/NewTicketLink.tsx';
import { NoTickets } from '../list/NoTickets.tsx';
import { SearchField } from '../list/SearchField.tsx';
import { Segments } from '../list/Segments.tsx';
import { Skeleton } from '../list/Skeleton.tsx';
import { TicketRow } from '../list/TicketRow.tsx';
import { type Tickets, useTickets } from '../list/useTickets.ts';
import { useListView } from '../list/view.ts';
import { Settings } from '../settings/Settings.tsx';
import styles from './ListPage.module.css';

const SEARCH_AFTER_MS = 250;

export function ListPage() {
  const { segment, typed } = useListView();
  const wanted = typed.trim();
  const q = useLater(wanted, SEARCH_AFTER_MS) || undefined;
  // Both are read: each button has its count, and the other segment is there at once.
  const lists = { open: useTickets('open', q), closed: useTickets('closed', q) };
  const list = lists[segment];
  const other = lists[segment === 'open' ? 'closed' : 'open'];
  const page = useRef<HTMLElement>(null);
  const field = useRef<HTMLInputElement>(null);
  useListKeys(list, page, field);

  const isBusy = list.isPending || list.isPlaceholderData || wanted !== (q ?? '');
  const isEmpty = list.data && !isBusy && list.tickets.length === 0;
  const isNew = isEmpty && !q && other.count === 0; // a new ticket is offered in the empty list
  return (
    <section
      ref={page}
      className={styles.page}
      aria-label={t`Your tickets`}
      aria-busy={list.isPending && !list.isError}
      data-empty={list.tickets.length === 0 || undefined}
    >
      <header className={styles.header}>
        <div>
          <p className={styles.title} aria-hidden>
            <Trans>Support</Trans>
          </p>
          <Expectation />
        </div>
        <Settings />
        {!isNew && <NewTicketLink fab />}
      </header>
      <div className={styles.bar}>
        <Segments chosen={segment} counts={{ open: lists.open.count, closed: lists.closed.count }} />
        <SearchField field={field} />
      </div>
      <Trouble list={list} />
      {list.isPending ? (
        !list.isError && <Skeleton />
      ) : (
        <ul className={styles.rows} aria-busy={isBusy} aria-label={t`Tickets`}>
          {list.tickets.map((ticket) => (
            <TicketRow key={ticket.number} ticket={ticket} />
          ))}
        </ul>
      )}
      {isEmpty && <NoTickets segment={segment} q={q} elsewhere={other.count ?? 0} />}
      {list.hasNextPage && !isBusy && <NextPage key={`${segment} ${q}`} list={list} />}
      <p className="visually-hidden" role="status">
        {q && !isBusy && plural(list.count ?? 0, { one: '# ticket found', other: '# tickets found' })}
      </p>
    </section>
  );
}

/** What is loaded stays when it cannot be read again. */
function Trouble({ list }: { list: Tickets }) {
  const isOnline = useOnline();
  const hasEnded = useHasEnded();
  if (!list.isError || !isOnline || hasEnded) return null; // why it cannot be read is said above
  return (
    <div className={styles.trouble} role="alert">
      <p>
        {list.data ? <Trans>Could not refresh the list.</Trans> : <Trans>Could not load your tickets.</Trans>}
      </p>
      <Button onClick={() => void (list.isFetchNextPageError ? list.fetchNextPage() : list.refetch())}>
        <Trans>Retry</Trans>
      </Button>
    </div>
  );
}

/** Loads the next page before its beginning is reached. */
function NextPage({ list }: { list: Tickets }) {
  const latest = useRef(list);
  latest.current = list;
  const observe = useCallback((end: HTMLElement | null) => {
    if (!end) return;
    const loadMore = ([entry]: IntersectionObserverEntry[]) => {
      const { isFetching, isError, fetchNextPage } = latest.current;
      if (entry?.isIntersecting && !isFetching && !isError) void fetchNextPage();
    };
    // The page around us may scroll instead of the list.
    const observer = new IntersectionObserver(loadMore, {
      root: end.closest('section'),
      rootMargin: '900px',
    });
    observer.observe(end);
    return () => observer.disconnect();
  }, []);
  const { data } = list;
  return (
    <div ref={observe} key={data?.pages.length} className={styles.more}>
      <Button size="large" onClick={() => void list.fetchNextPage()} disabled={list.isFetchingNextPage}>
        <Trans>Show more</Trans>
      </Button>
    </div>
  );
}

function useListKeys(
  { tickets }: Tickets,
  page: { current: HTMLElement | null },
  field: { current: HTMLInputElement | null },
) {
  const [, navigate] = useLocation();
  const [, params] = useRoute('/t/:number');
  const opened = Number(params?.number);

  /** While a ticket is open, goes to its neighbour; else moves the focus along the rows. */
  function move(by: 1 | -1) {
    const focused = Number(page.current?.querySelector<HTMLElement>('[data-row]:focus')?.dataset.row);
    const at = tickets.findIndex(({ number }) => number === (opened || focused));
    const next = tickets[at < 0 ? 0 : at + by];
    if (!next) return;
    if (opened) navigate(`/t/${next.number}`);
    else page.current?.querySelector<HTMLElement>(`[data-row="${next.number}"]`)?.focus();
  }

  useKeys({
    '/': () => {
      if (field.current?.checkVisibility()) return field.current.select();
      navigate('/');
      requestAnimationFrame(() => field.current?.focus()); // once the list is shown
    },
    c: () => navigate('/new'),
    j: () => move(1),
    k: () => move(-1),
  });
}
