import { t } from '@lingui/core/macro';
import { once } from '#api/client.ts';
import { markStaffTicketRead } from '#api/generated/sdk.gen.ts';
import { putTicket } from '../cache.ts';
import type { TicketAction } from './run.ts';
import { show } from './show.ts';

export const markRead = (): TicketAction => ({
  done: t`Marked as read`,
  failed: (what) => t`Could not mark ${what} as read`,
  request: { action: 'read' },
  shows: { is_staff_read: true },
});

/** The open ticket is not read again by itself. */
export const markUnread = (): TicketAction => ({
  done: t`Marked as unread`,
  failed: (what) => t`Could not mark ${what} as unread`,
  request: { action: 'unread' },
  shows: { is_staff_read: false },
});

/** Somebody has looked at it: nothing is said. When it fails it stays unread, which its row shows. */
export async function readByLooking(number: number) {
  const end = show([number], { is_staff_read: true });
  try {
    putTicket(await markStaffTicketRead({ path: { ticket_number: number }, headers: once() }));
    end();
  } catch {
    end([number]);
  }
}
