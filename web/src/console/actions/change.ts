/** Changes of a ticket that have no bulk action; the undo puts the fields back as they were. */
import { t } from '@lingui/core/macro';
import { once } from '#api/client.ts';
import { changeStaffTicket } from '#api/generated/sdk.gen.ts';
import type { StaffTicket } from '#api/generated/types.gen.ts';
import { putTicket } from '../cache.ts';
import { runOne } from './run-one.ts';

export function rename(
  { number, summary: before }: Pick<StaffTicket, 'number' | 'summary'>,
  summary: string,
) {
  return change(
    number,
    { summary },
    { summary: before },
    t`Renamed #${number}`,
    t`Could not rename #${number}`,
  );
}

/** Whom replies are sent to besides the account. */
export function setCopies(
  { number, client_emails: before }: Pick<StaffTicket, 'number' | 'client_emails'>,
  client_emails: string[],
) {
  return change(
    number,
    { client_emails },
    { client_emails: before },
    t`Copies of #${number} changed`,
    t`Could not change the copies of #${number}`,
  );
}

type Changed = Partial<Pick<StaffTicket, 'summary' | 'client_emails'>>;

function change(number: number, after: Changed, before: Changed, done: string, failed: string) {
  const path = { ticket_number: number };
  return runOne(number, {
    done,
    failed,
    shows: after,
    request: async (headers) => putTicket(await changeStaffTicket({ path, body: after, headers })),
    undo: async () => putTicket(await changeStaffTicket({ path, body: before, headers: once() })),
  });
}
