import { Trans } from '@lingui/react/macro';
import { Link } from '@tanstack/react-router';
import type { KeyboardEvent } from 'react';
import { Button } from '#shared/ui/Button.tsx';
import { Time } from '#shared/ui/Time.tsx';
import { wordsOf } from '../notify/words.ts';
import { closeDrawer } from '../sidebar/drawer.ts';
import { markAllRead } from './mark-all-read.ts';
import styles from './NotificationList.module.css';
import { useNotifications } from './unread.ts';

/** The newest first. Arrows go from one to the next. It is done when a ticket is chosen, or all are read. */
export function NotificationList({ onDone }: { onDone(): void }) {
  const { items = [], count = 0 } = useNotifications() ?? {};
  const [newest] = items;
  if (!newest)
    return (
      <p className={styles.empty}>
        <Trans>Nothing new. Assignments, mentions and replies to you appear here.</Trans>
      </p>
    );
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys come from the links and the button inside
    <div className={styles.notifications} onKeyDown={moveByArrows}>
      <ul className={styles.list}>
        {items.map(({ reason, ticket_number: number, ticket_summary, actor_name, created_at }) => (
          <li key={`${number} ${reason}`}>
            <Link
              to="/$list/$number"
              params={{ list: 'mine', number: String(number) }}
              onClick={() => {
                onDone();
                closeDrawer();
              }}
            >
              <span>{wordsOf(reason, number, actor_name)}</span>
              <b>{ticket_summary}</b>
              <Time time={created_at} as="ago" />
            </Link>
          </li>
        ))}
      </ul>
      <footer className={styles.foot}>
        <small>{count > items.length && <Trans>Only the latest are shown</Trans>}</small>
        <Button
          look="ghost"
          size="small"
          onClick={() => {
            onDone();
            void markAllRead(newest.created_at);
          }}
        >
          <Trans>Mark all as read</Trans>
        </Button>
      </footer>
    </div>
  );
}

const steps: Record<string, (at: number, last: number) => number> = {
  ArrowDown: (at, last) => Math.min(at + 1, last),
  ArrowUp: (at) => Math.max(at - 1, 0),
  Home: () => 0,
  End: (_, last) => last,
};

function moveByArrows(event: KeyboardEvent<HTMLElement>) {
  const links = [...event.currentTarget.querySelectorAll('a')];
  const next = steps[event.key]?.(
    links.indexOf(document.activeElement as HTMLAnchorElement),
    links.length - 1,
  );
  if (next === undefined) return;
  event.preventDefault();
  links[next]?.focus();
}
