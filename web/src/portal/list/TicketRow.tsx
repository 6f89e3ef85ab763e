import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Link, useRoute } from 'wouter';
import type { Ticket } from '#api/generated/types.gen.ts';
import { Pill } from '#shared/ui/Pill.tsx';
import { Time } from '#shared/ui/Time.tsx';
import { Summary } from '../Summary.tsx';
import { TopicIcon } from '../TopicIcon.tsx';
import { needsReply, stateOf } from '../words.ts';
import styles from './TicketRow.module.css';

export function TicketRow({ ticket }: { ticket: Ticket }) {
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
        data-row={ticket.number}
      >
        <TopicIcon topic={ticket.topic_key} />
        <span className={styles.words}>
          <b>
            {isUnread && <span className="visually-hidden">{t`New reply:`} </span>}
            <Summary text={ticket.summary} />
          </b>
          <span className={styles.facts}>
            <Pill tone={tone}>{words}</Pill>
            <span className="numbers">#{ticket.number}</span>
            <span className={styles.updated}>
              <Trans>
                updated <Time time={ticket.updated_at} as="ago" />
              </Trans>
            </span>
            <Time time={ticket.updated_at} as="age" className={styles.age} />
          </span>
        </span>
      </Link>
    </li>
  );
}
