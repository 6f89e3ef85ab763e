import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { ArrowLeft, Check } from 'lucide-react';
import { once } from '#api/client.ts';
import { listAllTopicsOptions } from '#api/generated/@tanstack/react-query.gen.ts';
import { reopenStaffTicket, resolveTicket } from '#api/generated/sdk.gen.ts';
import type { StaffTicketWithComments } from '#api/generated/types.gen.ts';
import { inLanguage } from '#shared/i18n.ts';
import { Button } from '#shared/ui/Button.tsx';
import { Pill, type Tone } from '#shared/ui/Pill.tsx';
import { putTicket } from '../cache.ts';
import { useKey } from '../keys/registry.ts';
import { DueChip } from '../list/DueChip.tsx';
import { useOpenTicket } from '../list/useOpenTicket.ts';
import { TopicDot } from '../sidebar/TopicDot.tsx';
import { sayDone, sayFailed } from '../ui/toasts.ts';
import styles from './TicketHeader.module.css';

const tones: Record<StaffTicketWithComments['status_key'], Tone> = {
  new: 'accent',
  in_progress: 'accent',
  await_client: 'plain',
  resolved: 'ok',
  closed: 'plain',
};

export function TicketHeader({ ticket }: { ticket: StaffTicketWithComments }) {
  const { list } = useParams({ from: '/$list/$number' });
  const topics = useQuery(listAllTopicsOptions()).data?.items ?? [];
  const topic = topics.find(({ key }) => key === ticket.topic_key);
  const { openNext } = useOpenTicket();
  const { resolve: canResolve, reopen: canReopen } = ticket.can;
  function resolveAndGoOn() {
    void resolve(ticket.number);
    openNext();
  }
  useKey('resolve', resolveAndGoOn, { enabled: canResolve });
  useKey('reopen', () => void reopen(ticket.number), { enabled: canReopen });
  return (
    <header className={styles.header}>
      <Link to="/$list" params={{ list }} className={styles.back} aria-label={t`Back to the list`}>
        <ArrowLeft size={18} aria-hidden />
      </Link>
      <div className={styles.title}>
        <h2>{ticket.summary}</h2>
        <p>
          <span className="numbers">#{ticket.number}</span>
          <Pill tone={tones[ticket.status_key]}>{inLanguage(ticket.status)}</Pill>
          {topic && (
            <span className={styles.topic}>
              <TopicDot topic={topic.key} /> {inLanguage(topic.name)}
            </span>
          )}
          <DueChip ticket={ticket} />
        </p>
      </div>
      {ticket.can.resolve && (
        <Button icon={<Check size={15} aria-hidden />} onClick={() => void resolve(ticket.number)}>
          <Trans>Resolve</Trans>
        </Button>
      )}
    </header>
  );
}

async function resolve(ticket_number: number) {
  const path = { ticket_number };
  try {
    putTicket(await resolveTicket({ path, headers: once() }));
    sayDone(t`Resolved #${ticket_number}`, {
      label: t`Undo`,
      run: () => reopen(ticket_number),
    });
  } catch {
    sayFailed(t`Could not resolve #${ticket_number}`, { label: t`Retry`, run: () => resolve(ticket_number) });
  }
}

async function reopen(ticket_number: number) {
  try {
    putTicket(await reopenStaffTicket({ path: { ticket_number }, headers: once() }));
    sayDone(t`Reopened #${ticket_number}`);
  } catch {
    sayFailed(t`Could not reopen #${ticket_number}`, { label: t`Retry`, run: () => reopen(ticket_number) });
  }
}
