import { t } from '@lingui/core/macro';
import { once } from '#api/client.ts';
import { closeStaffTicket, reopenStaffTicket } from '#api/generated/sdk.gen.ts';
import type { StaffTicket } from '#api/generated/types.gen.ts';
import { putTicket } from '../cache.ts';
import { runOne } from './run-one.ts';
import { statusOf } from './statuses.ts';

export function reopen({ number, close_reason }: Pick<StaffTicket, 'number' | 'close_reason'>) {
  const path = { ticket_number: number };
  const body = close_reason && close_reason !== 'auto' ? { reason: close_reason } : {};
  return runOne(number, {
    done: t`Reopened #${number}`,
    failed: t`Could not reopen #${number}`,
    shows: { ...statusOf('in_progress'), is_closed: false, is_resolved: false },
    request: async (headers) => putTicket(await reopenStaffTicket({ path, headers })),
    undo: async () => putTicket(await closeStaffTicket({ path, body, headers: once() })),
  });
}
