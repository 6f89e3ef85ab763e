import { t } from '@lingui/core/macro';
import type { TicketAction } from './run.ts';
import { statusOf } from './statuses.ts';

export const resolve = (): TicketAction => ({
  done: t`Marked as resolved`,
  failed: (what) => t`Could not resolve ${what}`,
  request: { action: 'resolve' },
  shows: { ...statusOf('resolved'), is_resolved: true, is_await_support: false },
});
