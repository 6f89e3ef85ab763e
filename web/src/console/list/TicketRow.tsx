import { t } from '@lingui/core/macro';
import { Link } from '@tanstack/react-router';
import { CircleDashed, Paperclip, Star } from 'lucide-react';
import { memo } from 'react';
import type { QueueTicket } from '#api/generated/types.gen.ts';
import { Avatar } from '#shared/ui/Avatar.tsx';
import { Time } from '#shared/ui/Time.tsx';
import { DueChip } from './DueChip.tsx';
import { useLeftBehind } from './left-behind.ts';
import styles from './TicketRow.module.css';

export const TicketRow = memo(({ ticket, list }: { ticket: QueueTicket; list: string }) => {
  const isLeft = useLeftBehind() === ticket.number;
  const { last_comment: last, vote } = ticket;
  const isOurs = last !== null && !last.is_client_author;
  return (
    <Link
      to="/$list/$number"
      params={{ list, number: String(ticket.number) }}
      className={`${styles.row} ${ticket.is_staff_read ? '' : styles.unread} ${isLeft ? styles.left : ''}`}
      activeProps={{ 'aria-current': 'true' }}
      data-number={ticket.number}
    >
      <span className={styles.line}>
        <span className={styles.summary}>
          {!ticket.is_staff_read && <span className="visually-hidden">{t`Unread:`} </span>}
          {ticket.summary}
        </span>
        <Time time={ticket.updated_at} as="age" className={styles.age} />
      </span>
      <span className={styles.line}>
        <span className={styles.client}>{ticket.client_aliased_name ?? ticket.account_name}</span>
        <span className={styles.snippet}>
          {ticket.has_draft && <b>{t`Draft`}</b>}
          {isOurs && `${last.author_name ?? t`Support`}: `}
          {last?.beginning}
        </span>
        <span className={styles.marks}>
          <DueChip ticket={ticket} />
          {vote && (
            <span className={styles.score} title={t`Score`}>
              <Star size={12} aria-hidden />
              {vote.score}
            </span>
          )}
          {last?.has_files && <Paperclip size={13} aria-label={t`Has files`} />}
          {ticket.assignee_name ? (
            <span title={ticket.assignee_name}>
              <span className="visually-hidden">{ticket.assignee_name}</span>
              <Avatar name={ticket.assignee_name} size={20} />
            </span>
          ) : (
            <CircleDashed size={18} aria-label={t`Unassigned`} />
          )}
        </span>
      </span>
    </Link>
  );
});
