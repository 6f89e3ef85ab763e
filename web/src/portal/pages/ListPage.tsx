import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Search } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Link, useRoute } from 'wouter';
import { listTicketsInfiniteOptions, listTicketsOptions } from '#api/generated/@tanstack/react-query.gen.ts';
import type { Ticket } from '#api/generated/types.gen.ts';
import { formatCount } from '#shared/format.ts';
import { Button } from '#shared/ui/Button.tsx';
import { Pill } from '#shared/ui/Pill.tsx';
import { Time } from '#shared/ui/Time.tsx';
import { TopicIcon } from '../TopicIcon.tsx';
import { needsReply, stateOf } from '../words.ts';
import styles from './ListPage.module.css';

const SEARCH_AFTER_MS = 250;

const segments = {
  open: { only_opened: true },
  closed: { only_closed: true },
} as const;
type Segment = keyof typeof segments;

export function ListPage() {
  const [segment, setSegment] = useState<Segment>('open');
  const [typed, setTyped] = useState('');
  const q = useLater(typed.trim(), SEARCH_AFTER_MS) || undefined;

  const list = useInfiniteQuery({
    ...listTicketsInfiniteOptions({ query: { ...segments[segment], q, items_per_page: 50 } }),
    initialPageParam: {},
    getNextPageParam: ({ after }) => (after ? { query: { after } } : undefined),
    placeholderData: keepPreviousData,
  });
  const tickets = list.data?.pages.flatMap(({ items }) => items) ?? [];
  // What waits for the client stands first; sorting keeps the order among equals.
  tickets.sort((one, other) => Number(needsReply(other)) - Number(needsReply(one)));

  return (
    <div className={styles.page}>
      <h1 className={styles.title}>
        <Trans>Support</Trans>
      </h1>
      <div className={styles.bar}>
        <fieldset className={styles.segments} aria-label={t`Show`}>
          <SegmentButton name={t`Open`} segment="open" q={q} chosen={segment} onChoose={setSegment} />
          <SegmentButton name={t`Closed`} segment="closed" q={q} chosen={segment} onChoose={setSegment} />
        </fieldset>
        <label className={styles.search}>
          <Search size={16} aria-hidden />
          <input
            type="search"
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
            placeholder={t`Search your tickets`}
            aria-label={t`Search your tickets`}
          />
        </label>
      </div>
      <ul className={styles.rows} aria-busy={list.isPending}>
        {tickets.map((ticket) => (
          <Row key={ticket.number} ticket={ticket} />
        ))}
      </ul>
      {list.isSuccess && tickets.length === 0 && (
        <p className={styles.empty}>
          {q ? <Trans>Nothing was found.</Trans> : <Trans>No tickets yet.</Trans>}
        </p>
      )}
      {list.hasNextPage && (
        <Button onClick={() => void list.fetchNextPage()}>
          <Trans>Show more</Trans>
        </Button>
      )}
    </div>
  );
}

interface SegmentButtonProps {
  name: string;
  segment: Segment;
  q: string | undefined;
  chosen: Segment;
  onChoose(segment: Segment): void;
}

function SegmentButton({ name, segment, q, chosen, onChoose }: SegmentButtonProps) {
  const count = useQuery({
    ...listTicketsOptions({ query: { ...segments[segment], q, items_per_page: 1 } }),
    placeholderData: keepPreviousData,
  });
  return (
    <button type="button" aria-pressed={segment === chosen} onClick={() => onChoose(segment)}>
      {name} <span className="numbers">{count.data && formatCount(count.data.item_count)}</span>
    </button>
  );
}

function Row({ ticket }: { ticket: Ticket }) {
  const [, params] = useRoute('/t/:number');
  const isOpen = params?.number === String(ticket.number);
  const isUnread = !ticket.is_client_read;
  const { tone, words } = stateOf(ticket);
  const names = [styles.row, isUnread && styles.unread, needsReply(ticket) && styles.waits];
  return (
    <li>
      <Link
        href={`/t/${ticket.number}`}
        className={names.filter(Boolean).join(' ')}
        aria-current={isOpen || undefined}
      >
        <TopicIcon topic={ticket.topic_key} />
        <span className={styles.words}>
          <b>
            {isUnread && <span className="visually-hidden">{t`New reply:`} </span>}
            {ticket.summary}
          </b>
          <span className={styles.facts}>
            <Pill tone={tone}>{words}</Pill>
            <span className="numbers">#{ticket.number}</span>
            <span>
              <Trans>
                updated <Time time={ticket.updated_at} as="ago" />
              </Trans>
            </span>
          </span>
        </span>
      </Link>
    </li>
  );
}

/** The value, once it has stood for a while. */
function useLater<T>(value: T, ms: number): T {
  const [later, setLater] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setLater(value), ms);
    return () => clearTimeout(timer);
  }, [value, ms]);
  return later;
}
