import { Trans } from '@lingui/react/macro';
import { Link, useParams } from '@tanstack/react-router';
import type { StaffTicketWithComments } from '#api/generated/types.gen.ts';
import { Time } from '#shared/ui/Time.tsx';
import { statusName } from '../status-name.ts';
import styles from './Details.module.css';

export function EarlierTickets({
  tickets,
}: {
  tickets: StaffTicketWithComments['account']['recent_tickets'];
}) {
  const { list } = useParams({ from: '/$list/$number' });
  if (tickets.length === 0) return null;
  return (
    <section>
      <h3>
        <Trans>Other tickets</Trans>
      </h3>
      <ul className={styles.tickets}>
        {tickets.map(({ number, summary, status, status_key, updated_at }) => (
          <li key={number}>
            <Link to="/$list/$number" params={{ list, number: String(number) }} search>
              <b>{summary}</b>
              <small>
                #{number} · {statusName(status_key, status)} · <Time time={updated_at} as="ago" />
              </small>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
