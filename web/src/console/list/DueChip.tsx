import { t } from '@lingui/core/macro';
import { Clock } from 'lucide-react';
import type { StaffTicket } from '#api/generated/types.gen.ts';
import { formatAge, formatDateTime } from '#shared/format.ts';
import { useNow } from '#shared/useNow.ts';
import styles from './DueChip.module.css';

const SOON_MS = 15 * 60_000;

/** How long until the next SLA target, or how late it is. */
export function DueChip({
  ticket: { due_at, is_closed },
}: {
  ticket: Pick<StaffTicket, 'due_at' | 'is_closed'>;
}) {
  const now = useNow();
  if (!due_at || is_closed) return null;
  const left = Date.parse(due_at) - now;
  const age = formatAge(due_at, now);
  return (
    <span
      className={`${styles.chip} ${left < 0 ? styles.late : left < SOON_MS ? styles.soon : ''}`}
      title={formatDateTime(due_at)}
      data-calm={left >= SOON_MS || undefined}
    >
      <Clock size={11} aria-hidden />
      {left < 0 ? t`${age} late` : t`${age} left`}
    </span>
  );
}
