import { t } from '@lingui/core/macro';
import { sayFailed } from '../ui/toasts.ts';
import { markRead } from './unread.ts';

/** What has come since the list was drawn stays. */
export async function markAllRead(until: string) {
  try {
    await markRead({ until });
  } catch {
    sayFailed(t`Could not mark as read`, { label: t`Retry`, run: () => markAllRead(until) });
  }
}
