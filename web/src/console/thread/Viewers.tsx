import { t } from '@lingui/core/macro';
import { Avatar } from '#shared/ui/Avatar.tsx';
import { useMe } from '../me.ts';
import { useViewers } from '../presence.ts';
import styles from './TicketHeader.module.css';

/** Who else has the ticket open; those who write come first. */
export function Viewers({ number }: { number: number }) {
  const viewers = useViewers(number, useMe().staff_id);
  const sorted = viewers.toSorted((one, other) => other.state.localeCompare(one.state));
  const [first] = sorted;
  return (
    <span className={styles.viewers} role="status">
      {first && (
        <>
          <Avatar name={first.staff_name} size={20} />
          <span>{wordsOf(first.staff_name, first.state, sorted.length - 1)}</span>
        </>
      )}
    </span>
  );
}

function wordsOf(name: string, state: 'viewing' | 'writing', others: number): string {
  if (others > 0)
    return state === 'writing' ? t`${name} is writing, +${others}` : t`${name} is viewing, +${others}`;
  return state === 'writing' ? t`${name} is writing…` : t`${name} is viewing`;
}
