import { plural, t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, useState } from 'react';
import { listQueueInfiniteOptions } from '#api/generated/@tanstack/react-query.gen.ts';
import { formatCount } from '#shared/format.ts';
import { Button } from '#shared/ui/Button.tsx';
import type { Filter } from '../queues.ts';
import { checkLists } from './cache.ts';
import { setOpenTicket } from './left-behind.ts';
import { setShownList } from './neighbours.ts';
import { Skeleton } from './Skeleton.tsx';
import styles from './TicketList.module.css';
import { TicketRow } from './TicketRow.tsx';
import { useSteadyOrder } from './useSteadyOrder.ts';

const PAGE = 100;
const FETCH_BEFORE_END = 20;
const ROW_PX = 60;

interface TicketListProps {
  list: string;
  name: string;
  count: number | undefined;
  filter: Filter;
}

export function TicketList({ list, name, count, filter }: TicketListProps) {
  const { number } = useParams({ strict: false });
  const pages = useInfiniteQuery({
    ...listQueueInfiniteOptions({ query: { ...filter, limit: PAGE } }),
    initialPageParam: {},
    getNextPageParam: ({ after }) => (after ? { query: { after } } : undefined),
  });
  const tickets = pages.data?.pages.flatMap(({ items }) => items) ?? [];

  useEffect(() => {
    const leaving = setOpenTicket(number === undefined ? null : Number(number));
    if (leaving !== null) checkLists([leaving]);
  }, [number]);

  const scroller = useRef<HTMLDivElement>(null);
  const [isHovered, setHovered] = useState(false);
  const [isScrolled, setScrolled] = useState(false);
  const { rows, added, showAll } = useSteadyOrder(tickets, isHovered || isScrolled);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    getItemKey: (index) => rows[index]?.number ?? index,
    overscan: 6,
  });

  const numbers = rows.map((row) => row.number).join();
  useEffect(() => {
    setShownList({ list, numbers: numbers === '' ? [] : numbers.split(',').map(Number) });
  }, [list, numbers]);

  // The open row is drawn, so that a key that goes to it can focus it.
  const openIndex = rows.findIndex((row) => String(row.number) === number);
  useEffect(() => {
    if (openIndex >= 0) virtual.scrollToIndex(openIndex, { align: 'auto' });
  }, [openIndex, virtual]);

  const shown = virtual.getVirtualItems();
  const isNearEnd = (shown.at(-1)?.index ?? 0) >= rows.length - FETCH_BEFORE_END;
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = pages;
  useEffect(() => {
    if (isNearEnd && hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [isNearEnd, hasNextPage, isFetchingNextPage, fetchNextPage]);

  return (
    <section className={styles.list} aria-label={name}>
      <header>
        <h1>{name}</h1>
        <span className="numbers">
          {count !== undefined && plural(count, { one: '# ticket', other: `${formatCount(count)} tickets` })}
        </span>
      </header>
      {added > 0 && (
        <Button
          size="small"
          className={styles.added}
          onClick={() => {
            showAll();
            if (scroller.current) scroller.current.scrollTop = 0;
          }}
        >
          <Trans>{added} new</Trans>
        </Button>
      )}
      <div
        ref={scroller}
        className={styles.scroller}
        aria-busy={pages.isPending}
        onPointerEnter={() => setHovered(true)}
        onPointerLeave={() => setHovered(false)}
        onScroll={(event) => setScrolled(event.currentTarget.scrollTop > 0)}
      >
        {pages.isPending && <Skeleton />}
        {pages.isSuccess && rows.length === 0 && (
          <p className={styles.empty}>
            <Trans>Nothing here.</Trans>
          </p>
        )}
        <ul style={{ height: virtual.getTotalSize() }} aria-label={t`Tickets`}>
          {shown.map(({ index, start, size }) => {
            const ticket = rows[index];
            return (
              ticket && (
                <li
                  key={ticket.number}
                  style={{ transform: `translateY(${start}px)`, height: size }}
                  aria-setsize={hasNextPage ? -1 : rows.length}
                  aria-posinset={index + 1}
                >
                  <TicketRow ticket={ticket} list={list} />
                </li>
              )
            );
          })}
        </ul>
      </div>
    </section>
  );
}
