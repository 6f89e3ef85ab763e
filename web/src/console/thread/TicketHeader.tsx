import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { AlarmClock, ArrowLeft, Check, PanelRight } from 'lucide-react';
import { listAllTopicsOptions } from '#api/generated/@tanstack/react-query.gen.ts';
import type { QueueTicket, StaffTicket, StaffTicketWithComments } from '#api/generated/types.gen.ts';
import { formatDateTime } from '#shared/format.ts';
import { inLanguage } from '#shared/i18n.ts';
import { Button, IconButton } from '#shared/ui/Button.tsx';
import { Pill, type Tone } from '#shared/ui/Pill.tsx';
import { resolve } from '../actions/resolve.ts';
import { runAction, type TicketAction } from '../actions/run.ts';
import { toggleDetails, useDetails } from '../details/shown.ts';
import { useKeyTitle } from '../keys/names.ts';
import { DueChip } from '../list/DueChip.tsx';
import { focusAfter } from '../list/focus-after.ts';
import { TopicDot } from '../sidebar/TopicDot.tsx';
import { statusName } from '../status-name.ts';
import { useStable } from '../useStable.ts';
import { AssignPicker } from './AssignPicker.tsx';
import { Summary } from './Summary.tsx';
import styles from './TicketHeader.module.css';
import { TicketMenu } from './TicketMenu.tsx';
import { TopicPicker } from './TopicPicker.tsx';
import { Viewers } from './Viewers.tsx';

const tones: Record<StaffTicket['status_key'], Tone> = {
  new: 'accent',
  in_progress: 'accent',
  await_client: 'plain',
  resolved: 'ok',
  closed: 'plain',
};

export function TicketHeader({ ticket }: { ticket: StaffTicketWithComments }) {
  const resolveTitle = useKeyTitle(t`Resolve`, 'resolve');
  const detailsTitle = useKeyTitle(t`Details`, 'details');
  const { isShown } = useDetails();
  const run = useStable((action: TicketAction) => void runAction([ticket.number], action));
  return (
    <header className={styles.header}>
      <BackLink />
      <div className={styles.title}>
        <Summary key={ticket.number} ticket={ticket} />
        <p>
          <Facts ticket={ticket} />
          <TopicPicker chosen={ticket.topic_key} run={run} />
          <DueChip ticket={ticket} />
          <Viewers number={ticket.number} />
        </p>
      </div>
      <div className={styles.actions}>
        <AssignPicker chosen={ticket.assignee_id} run={run} />
        {ticket.can.resolve && (
          <Button
            title={resolveTitle}
            aria-label={t`Resolve`}
            icon={<Check size={15} aria-hidden />}
            onClick={() => {
              run(resolve());
              focusAfter(ticket.number); // the button goes
            }}
          >
            <span className={styles.word}>
              <Trans>Resolve</Trans>
            </span>
          </Button>
        )}
        <TicketMenu ticket={ticket} />
        <IconButton
          label={t`Details`}
          title={detailsTitle}
          icon={<PanelRight size={18} aria-hidden />}
          aria-pressed={isShown}
          onClick={toggleDetails}
          data-details
        />
      </div>
    </header>
  );
}

/** While the ticket is read: what its row in the list knows. */
export function RowHeader({ row }: { row: QueueTicket }) {
  return (
    <header className={styles.header}>
      <BackLink />
      <div className={styles.title}>
        <h2>{row.summary}</h2>
        <p>
          <Facts ticket={row} />
          <TopicOf topic={row.topic_key} />
          <DueChip ticket={row} />
        </p>
      </div>
    </header>
  );
}

function TopicOf({ topic: wanted }: { topic: QueueTicket['topic_key'] }) {
  const topics = useQuery(listAllTopicsOptions()).data?.items ?? [];
  const topic = topics.find(({ key }) => key === wanted);
  return (
    <span className={styles.topic}>
      {topic && <TopicDot topic={topic.key} />}
      <span className={styles.topicName}>{topic ? inLanguage(topic.name) : t`No topic`}</span>
    </span>
  );
}

function Facts({ ticket }: { ticket: StaffTicket | QueueTicket }) {
  const { number, status, status_key, is_snoozed, snoozed_until } = ticket;
  return (
    <>
      <span className="numbers">#{number}</span>
      <Pill tone={tones[status_key]}>{statusName(status_key, status)}</Pill>
      {is_snoozed && (
        <span
          className={styles.snoozed}
          title={snoozed_until ? formatDateTime(snoozed_until) : t`Until the client writes`}
        >
          <AlarmClock size={13} aria-hidden /> <Trans>Snoozed</Trans>
        </span>
      )}
    </>
  );
}

function BackLink() {
  const { list } = useParams({ from: '/$list/$number' });
  const title = useKeyTitle(t`Back to the list`, 'back');
  return (
    <Link
      to="/$list"
      params={{ list }}
      search
      className={styles.back}
      title={title}
      aria-label={t`Back to the list`}
    >
      <ArrowLeft size={18} aria-hidden />
    </Link>
  );
}
