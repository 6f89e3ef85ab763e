import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { useParams } from '@tanstack/react-router';
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import { ApiError } from '#api/errors.ts';
import { Button } from '#shared/ui/Button.tsx';
import { Divider } from '../panes/Divider.tsx';
import type { Filter } from '../queues.ts';
import { BulkBar } from './BulkBar.tsx';
import { EmptyList } from './EmptyList.tsx';
import { NotLoaded } from './NotLoaded.tsx';
import { setShownList } from './neighbours.ts';
import { Rows } from './Rows.tsx';
import { Skeleton } from './Skeleton.tsx';
import { clearSelection, useSelection } from './selection.ts';
import styles from './TicketList.module.css';
import { useOpenRow } from './useOpenRow.ts';
import { usePrefetch } from './usePrefetch.ts';
import { useSteadyOrder } from './useSteadyOrder.ts';
import { useTickets } from './useTickets.ts';

interface TicketListProps {
  list: string;
  name: string;
  /** Null while it is not known: a view is still read. */
  filter: Filter | null;
  /** Without the count when the tickets could not be loaded. */
  header(isLoaded: boolean): ReactNode;
  /** What is shown when nothing matches. */
  empty: ReactNode;
}

/** The tickets of a filter. It is one component for all lists: the rows before stay until the next ones are there. */
export function TicketList({ list, name, filter, header, empty }: TicketListProps) {
  const { number } = useParams({ strict: false });
  const open = number === undefined ? null : Number(number);
  const pages = useTickets(filter ?? {}, filter !== null);
  const { tickets, isPlaceholderData: isOld } = pages;
  const isMissing = pages.error instanceof ApiError && pages.error.status === 404;
  const isFailed = pages.isError && !isMissing && pages.data === undefined;
  const identity = isOld ? null : `${list}?${JSON.stringify(filter)}`;

  const section = useRef<HTMLElement>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const [isHovered, setHovered] = useState(false);
  const [isScrolled, setScrolled] = useState(false);
  const { rows: withOpen, left } = useOpenRow(tickets, open, identity ?? '');
  const { rows, added, showAll } = useSteadyOrder(withOpen, isHovered || isScrolled, identity ?? '');
  const numbers = useMemo(() => rows.map((row) => row.number), [rows]);
  const selection = useSelection();
  usePrefetch(numbers, open);
  useScrollMemory(scroller, identity);
  useEffect(
    () => setShownList({ list, numbers: identity === null ? [] : numbers }),
    [list, identity, numbers],
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: another list has other rows
  useEffect(clearSelection, [identity]);

  return (
    <section ref={section} className={styles.list} aria-label={name}>
      {selection.size > 0 ? <BulkBar rows={rows} /> : header(!isFailed)}
      {pages.isError && !isMissing && !isFailed && (
        <div className={styles.failed} role="alert">
          <Trans>Could not refresh</Trans>
          <Button
            size="small"
            onClick={() => void (pages.isFetchNextPageError ? pages.fetchNextPage() : pages.refetch())}
          >
            <Trans>Retry</Trans>
          </Button>
        </div>
      )}
      {added > 0 && (
        <Button
          size="small"
          look="primary"
          className={styles.added}
          onClick={() => {
            showAll();
            if (scroller.current) scroller.current.scrollTop = 0;
            setScrolled(false);
            setHovered(false);
          }}
        >
          <Trans>{added} new</Trans>
        </Button>
      )}
      <div
        ref={scroller}
        className={styles.scroller}
        aria-busy={pages.isPending || isOld}
        onPointerMove={() => setHovered(true)}
        onPointerLeave={() => setHovered(false)}
        onScroll={(event) => setScrolled(event.currentTarget.scrollTop > 0)}
      >
        {(isOld || pages.isPending) && !pages.isError && <Skeleton />}
        {isFailed && <NotLoaded onRetry={() => void pages.refetch()} />}
        {isMissing && <EmptyList list={list} isMissing />}
        {pages.isSuccess && !isOld && rows.length === 0 && empty}
        <Rows
          rows={rows}
          left={left}
          list={list}
          open={open}
          scroller={scroller}
          sort={filter?.sort}
          isComplete={!pages.hasNextPage}
          onNearEnd={() => {
            if (pages.hasNextPage && !pages.isFetchingNextPage && !pages.isError) void pages.fetchNextPage();
          }}
        />
      </div>
      <Divider pane="list" of={section} edge="right" label={t`Width of the list`} />
    </section>
  );
}

const positions = new Map<string, number>();

/** A list that is shown again stands where it was left. */
function useScrollMemory(scroller: React.RefObject<HTMLDivElement | null>, identity: string | null) {
  useEffect(() => {
    const element = scroller.current;
    if (!element || identity === null) return;
    element.scrollTop = positions.get(identity) ?? 0;
    const keep = () => {
      if (element.clientHeight > 0) positions.set(identity, element.scrollTop); // 0 while it is hidden on a phone
    };
    element.addEventListener('scroll', keep, { passive: true });
    return () => element.removeEventListener('scroll', keep);
  }, [scroller, identity]);
}
