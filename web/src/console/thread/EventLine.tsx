import { Link, useParams } from '@tanstack/react-router';
import { memo } from 'react';
import { Time } from '#shared/ui/Time.tsx';
import styles from './EventLine.module.css';
import { useEventWords } from './event-words.tsx';
import type { HistoryItem } from './timeline.ts';

/** What happened to the ticket, in one muted line. */
export const EventLine = memo(({ event }: { event: HistoryItem }) => {
  const lines = useEventWords(event);
  if (lines.length === 0) return null;
  return (
    <li className={styles.event}>
      <span>
        {lines.map(({ key, words }, index) => (
          <span key={key}>
            {index > 0 && ' · '}
            {words}
          </span>
        ))}
      </span>
      <Time time={event.created_at} as="time" />
    </li>
  );
});

export function TicketLink({ number }: { number: number }) {
  const { list } = useParams({ from: '/$list/$number' });
  return (
    <Link to="/$list/$number" params={{ list, number: String(number) }} search className={styles.link}>
      {`#${number}`}
    </Link>
  );
}
