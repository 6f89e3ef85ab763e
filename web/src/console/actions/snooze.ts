import { t } from '@lingui/core/macro';
import { once } from '#api/client.ts';
import { snoozeTicket, unsnoozeTicket } from '#api/generated/sdk.gen.ts';
import type { StaffTicket } from '#api/generated/types.gen.ts';
import { putTicket } from '../cache.ts';
import type { TicketAction } from './run.ts';
import { runOne } from './run-one.ts';

/** Until a time, or, without one, until the client writes. */
export const snooze = (until: Date | null): TicketAction => ({
  done: t`Snoozed for later`,
  failed: (what) => t`Could not snooze ${what}`,
  request: {
    action: 'snooze',
    snooze: until ? { until: until.toISOString() } : { until_reply: true },
  },
  shows: { is_snoozed: true, snoozed_until: until?.toISOString() ?? null },
});

export function unsnooze({ number, snoozed_until }: Pick<StaffTicket, 'number' | 'snoozed_until'>) {
  const path = { ticket_number: number };
  return runOne(number, {
    done: t`The snooze of #${number} has ended`,
    failed: t`Could not end the snooze of #${number}`,
    shows: { is_snoozed: false, snoozed_until: null },
    request: async (headers) => putTicket(await unsnoozeTicket({ path, headers })),
    undo: async () => {
      const body = snoozed_until ? { until: snoozed_until } : { until_reply: true as const };
      putTicket(await snoozeTicket({ path, body, headers: once() }));
    },
  });
}
