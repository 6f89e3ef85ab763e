import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Link } from '@tanstack/react-router';
import { CircleDashed, Paperclip, Star } from 'lucide-react';
import { memo } from 'react';
import type { QueueTicket } from '#api/generated/types.gen.ts';
import { inLanguage } from '#shared/i18n.ts';
import { Avatar } from '#shared/ui/Avatar.tsx';
import { Time } from '#shared/ui/Time.tsx';
import { useViewers } from '../presence.ts';
import type { Filter } from '../queues.ts';
import { DueChip } from './DueChip.tsx';
import { selectTo, toggleSelected } from './selection.ts';
import styles from './TicketRow.module.css';
import { prefetchTicket } from './usePrefetch.ts';

interface TicketRowProps {
  ticket: QueueTicket;
  list: string;
  /** The team member who looks at it. */
  ownId: number;
  ownName: string;
  isLeft: boolean;
  isSelected: boolean;
  /** Its menu is open. */
  hasMenu: boolean;
  /** Whether Tab comes here. */
  isStop: boolean;
  sort: Filter['sort'];
}

export const TicketRow = memo(
  ({ ticket, list, ownId, ownName, isLeft, isSelected, hasMenu, isStop, sort }: TicketRowProps) => {
    const { number, last_comment: last } = ticket;
    const isOurs = last !== null && !last.is_client_author;
    const looks = [
      ticket.is_staff_read ? '' : styles.unread,
      isLeft ? styles.left : '',
      isSelected ? styles.selected : '',
      hasMenu ? styles.menu : '',
    ];
    return (
      <>
        <Link
          to="/$list/$number"
          params={{ list, number: String(number) }}
          search
          className={`${styles.row} ${looks.filter(Boolean).join(' ')}`}
          activeProps={{ 'aria-current': 'true' }}
          activeOptions={{ includeSearch: false }}
          tabIndex={isStop ? 0 : -1}
          draggable={false}
          data-number={number}
          onPointerDown={() => prefetchTicket(number)}
        >
          <span className={styles.line}>
            <span className={styles.summary}>
              {!ticket.is_staff_read && <span className="visually-hidden">{t`Unread:`} </span>}
              {ticket.summary}
            </span>
            <Time time={sortedTime(ticket, sort)} as="age" className={styles.age} />
          </span>
          <span className={styles.line}>
            <span className={styles.client}>{ticket.client_aliased_name ?? ticket.account_name}</span>
            {ticket.has_draft && <b className={styles.draft}>{t`Draft`}</b>}
            <span className={styles.snippet}>
              {isOurs && `${last.author_name === ownName ? t`You` : (last.author_name ?? t`Support`)}: `}
              {last?.beginning}
            </span>
            <Marks ticket={ticket} ownId={ownId} />
          </span>
        </Link>
        <label className={styles.check}>
          <input
            type="checkbox"
            checked={isSelected}
            tabIndex={-1}
            aria-label={t`Select #${number}`}
            onChange={(event) => {
              // The browser’s event of a checkbox is a click, which knows of the Shift key.
              const isRange = event.nativeEvent instanceof MouseEvent && event.nativeEvent.shiftKey;
              if (isRange) selectTo(number);
              else toggleSelected(number);
            }}
          />
        </label>
      </>
    );
  },
);

/** The time by which the list is sorted; else that of the last change. */
function sortedTime({ waiting_since, created_at, updated_at }: QueueTicket, sort: Filter['sort']) {
  if (sort === 'waiting' || sort === '-waiting') return waiting_since ?? updated_at;
  return sort === 'created' || sort === '-created' ? created_at : updated_at;
}

function Marks({ ticket, ownId }: { ticket: QueueTicket; ownId: number }) {
  const { vote, last_comment: last, assignee_name } = ticket;
  const viewers = useViewers(ticket.number, ownId);
  return (
    <span className={styles.marks}>
      {(ticket.is_resolved || ticket.is_closed) && (
        <span className={`${styles.done} ${ticket.is_closed ? styles.closed : ''}`}>
          {inLanguage(ticket.status)}
        </span>
      )}
      <DueChip ticket={ticket} />
      {vote && (
        <span className={styles.score} title={t`Score`}>
          <Star size={12} aria-hidden />
          <span className="visually-hidden">
            <Trans>Score</Trans>
          </span>
          {vote.score}
        </span>
      )}
      {last?.has_files && <Paperclip size={13} aria-label={t`Has files`} />}
      {viewers.slice(0, 2).map(({ staff_id, staff_name, state }) => {
        const words = state === 'writing' ? t`${staff_name} is writing` : t`${staff_name} is viewing`;
        return (
          <span key={staff_id} className={styles.viewer} title={words}>
            <span className="visually-hidden">{words}</span>
            <Avatar name={staff_name} size={20} />
          </span>
        );
      })}
      {assignee_name ? (
        <span title={assignee_name}>
          <span className="visually-hidden">{assignee_name}</span>
          <Avatar name={assignee_name} size={20} />
        </span>
      ) : (
        <CircleDashed size={20} strokeWidth={1.75} aria-label={t`Unassigned`} />
      )}
    </span>
  );
}
