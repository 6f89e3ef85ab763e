import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Inbox, SearchX } from 'lucide-react';
import type { ReactNode } from 'react';
import { formatCount } from '#shared/format.ts';
import { Button } from '#shared/ui/Button.tsx';
import { NewTicketLink } from './NewTicketLink.tsx';
import styles from './NoTickets.module.css';
import { type Segment, showInList } from './view.ts';

interface NoTicketsProps {
  segment: Segment;
  q: string | undefined;
  /** How many the other segment has. */
  elsewhere: number;
}

/** Why the list is empty, and where to go from there. */
export function NoTickets({ segment, q, elsewhere }: NoTicketsProps) {
  const other = segment === 'open' ? 'closed' : 'open';
  const count = formatCount(elsewhere);
  const showOther = (
    <Button size="large" onClick={() => showInList({ segment: other })}>
      {segment === 'open' ? <Trans>Show closed: {count}</Trans> : <Trans>Show open: {count}</Trans>}
    </Button>
  );
  if (q)
    return (
      <Card icon={<SearchX size={28} aria-hidden />} title={t`Nothing found for “${q}”`}>
        {elsewhere > 0 && showOther}
        <Button size="large" onClick={() => showInList({ typed: '' })}>
          <Trans>Clear the search</Trans>
        </Button>
      </Card>
    );
  if (elsewhere > 0)
    return (
      <Card
        icon={<Inbox size={28} aria-hidden />}
        title={segment === 'open' ? t`No open tickets` : t`No closed tickets`}
      >
        {showOther}
      </Card>
    );
  return (
    <Card icon={<Inbox size={28} aria-hidden />} title={t`No tickets yet`}>
      <p>
        <Trans>Something does not work, or you have a question? Write to us.</Trans>
      </p>
      <NewTicketLink />
    </Card>
  );
}

function Card({ icon, title, children }: { icon: ReactNode; title: string; children: ReactNode }) {
  return (
    <div className={styles.card}>
      {icon}
      <h2>{title}</h2>
      {children}
    </div>
  );
}
