import { t } from '@lingui/core/macro';
import { Clock } from 'lucide-react';
import type { StaffTicket } from '#api/generated/types.gen.ts';
import { formatAge, formatDateTime } from '#shared/format.ts';
import { useNow } from '#shared/useNow.ts';
import styles from './DueChip.module.css';

const MINUTE_MS = 60_000;
const SOON_MS = 15 * MINUTE_MS;

/** How long until the next SLA target, or how late it is. */
export function DueChip({
  ticket: { due_at, is_closed },
}: {
  ticket: Pick<StaffTicket, 'due_at' | 'is_closed'>;
}) {
  const now = useNow();
  if (!due_at || is_closed) return null;
  const left = Date.parse(due_at) - now;
  const isLate = left < 0;
  // A whole minute is the least that is said: “now” is neither left nor late.
  const at = Math.abs(left) < MINUTE_MS ? Date.parse(due_at) + (isLate ? MINUTE_MS : -MINUTE_MS) : now;
  const age = formatAge(due_at, at);
  const words = isLate ? t`Due ${age} ago` : t`Due in ${age}`;
  return (
    <span
      className={`${styles.chip} ${isLate ? styles.late : left < SOON_MS ? styles.soon : ''}`}
      title={`${words} · ${formatDateTime(due_at)}`}
      data-calm={left >= SOON_MS || undefined}
    >
      <Clock size={11} aria-hidden />
      <span aria-hidden>{isLate ? t`${age} late` : t`${age} left`}</span>
      <span className="visually-hidden">{words}</span>
    </span>
  );
}
