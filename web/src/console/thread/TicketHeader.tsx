import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { ArrowLeft, Check } from 'lucide-react';
import { listAllTopicsOptions } from '#api/generated/@tanstack/react-query.gen.ts';
import type { StaffTicketWithComments } from '#api/generated/types.gen.ts';
import { inLanguage } from '#shared/i18n.ts';
import { Button } from '#shared/ui/Button.tsx';
import { Pill, type Tone } from '#shared/ui/Pill.tsx';
import { reopen } from '../actions/reopen.ts';
import { resolve } from '../actions/resolve.ts';
import { runAction } from '../actions/run.ts';
import { useKey } from '../keys/registry.ts';
import { DueChip } from '../list/DueChip.tsx';
import { useOpenTicket } from '../list/useOpenTicket.ts';
import { TopicDot } from '../sidebar/TopicDot.tsx';
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
    void runAction([ticket.number], resolve());
    openNext();
  }
  useKey('resolve', resolveAndGoOn, { enabled: canResolve });
  useKey('reopen', () => void reopen(ticket), { enabled: canReopen });
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
        <Button
          icon={<Check size={15} aria-hidden />}
          onClick={() => void runAction([ticket.number], resolve())}
        >
          <Trans>Resolve</Trans>
        </Button>
      )}
    </header>
  );
}
