import { t } from '@lingui/core/macro';
import type { TicketAction } from './run.ts';
import { statusOf } from './statuses.ts';

/** Closes without a reply. The client does not see the reason. */
export const close = (reason?: string): TicketAction => ({
  done: t`Closed without a reply`,
  failed: (what) => t`Could not close ${what}`,
  request: { action: 'close', ...(reason ? { reason } : {}) },
  shows: { ...statusOf('closed'), is_closed: true, is_await_support: false },
});
