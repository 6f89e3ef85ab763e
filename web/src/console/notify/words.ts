import { t } from '@lingui/core/macro';
import type { Reason } from './reason.ts';

/** What has happened, and who did it, if that is known. */
export function wordsOf(reason: Reason, number: number, name: string | null): string {
  if (reason === 'assigned')
    return name ? t`${name} has assigned #${number} to you` : t`#${number} is assigned to you`;
  if (reason === 'mentioned')
    return name ? t`${name} mentions you in #${number}` : t`You are mentioned in #${number}`;
  return name ? t`${name} has replied in #${number}` : t`The client has replied in #${number}`;
}
