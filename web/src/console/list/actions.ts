/**
 * Changes tickets, one or 200, in one request with one undo. It is shown at once; what fails is taken back and said, and
 * what single tickets refuse is said too.
 */
import { msg, plural, t } from '@lingui/core/macro';
import { once } from '#api/client.ts';
import { ApiError } from '#api/errors.ts';
import { reopenStaffTicket, runBulk, undoBulk } from '#api/generated/sdk.gen.ts';
import type { QueueTicket, RunBulkData, RunBulkResponse } from '#api/generated/types.gen.ts';
import { i18n } from '#shared/i18n.ts';
import { patchTicket, putTicket } from '../cache.ts';
import { sayDone, sayFailed } from '../ui/toasts.ts';
import { checkLists, patchRows } from './cache.ts';
import { clearSelection } from './selection.ts';

type Fields = Partial<
  Pick<QueueTicket, 'assignee_id' | 'assignee_name' | 'priority' | 'topic_key' | 'is_staff_read'>
>;

export interface TicketAction {
  /** What was done, for example “Resolved”. */
  done: string;
  request: Omit<RunBulkData['body'], 'ticket_numbers'>;
  /** What rows show before the answer is there. */
  shows?: Fields;
}

/** Why a ticket was not changed, by the code of the server. */
const reasons: Record<string, ReturnType<typeof msg>> = {
  ticket_closed: msg`closed`,
  ticket_resolved: msg`already resolved`,
  ticket_merged: msg`merged into another ticket`,
  ticket_full: msg`full`,
  ticket_not_found: msg`not found`,
};

export async function runAction(numbers: number[], action: TicketAction) {
  const { done, request, shows } = action;
  const takeBack = shows && patchRows(numbers, () => shows);
  if (shows) for (const number of numbers) patchTicket(number, () => shows);
  try {
    const result = await runBulk({ body: { ...request, ticket_numbers: numbers }, headers: once() });
    checkLists(numbers);
    clearSelection();
    say(done, numbers, result);
  } catch (error) {
    takeBack?.();
    checkLists(numbers);
    const why = error instanceof ApiError && error.problem ? error.message : t`No connection`;
    sayFailed(t`Not changed: ${why}`, { label: t`Retry`, run: () => runAction(numbers, action) });
  }
}

function say(done: string, numbers: number[], { bulk_id, items }: RunBulkResponse) {
  const refused = items.filter(({ result }) => result !== 'done');
  const count = items.length - refused.length;
  if (refused.length > 0) sayFailed(refusalOf(refused, numbers.length));
  if (count === 0) return;
  const [only] = numbers;
  const what = numbers.length === 1 ? `#${only}` : plural(count, { one: '# ticket', other: '# tickets' });
  sayDone(`${done} · ${what}`, { label: t`Undo`, run: () => undo(bulk_id, numbers) });
}

/** “3 of 40 were not changed: closed (#100042, #100043), full (#100044)”. */
function refusalOf(refused: RunBulkResponse['items'], total: number): string {
  const byReason = Map.groupBy(refused, ({ result }) => result);
  const parts = [...byReason].map(([code, items]) => {
    const reason = reasons[code];
    const named = items.slice(0, 3).map(({ ticket_number }) => `#${ticket_number}`);
    return `${reason ? i18n._(reason) : code} (${named.join(', ')}${items.length > 3 ? ', …' : ''})`;
  });
  return t`${refused.length} of ${total} were not changed: ${parts.join(', ')}`;
}

async function undo(bulk_id: number, numbers: number[]) {
  const { items } = await undoBulk({ path: { bulk_id }, headers: once() });
  checkLists(numbers);
  const kept = items.filter(({ not_undone }) => not_undone.length > 0).length;
  if (kept > 0)
    sayFailed(
      plural(kept, {
        one: '# ticket was changed meanwhile and stays as it is',
        other: '# tickets were changed meanwhile and stay as they are',
      }),
    );
}

export async function reopen(ticket_number: number) {
  try {
    putTicket(await reopenStaffTicket({ path: { ticket_number }, headers: once() }));
    sayDone(t`Reopened #${ticket_number}`);
  } catch {
    sayFailed(t`Could not reopen #${ticket_number}`, { label: t`Retry`, run: () => reopen(ticket_number) });
  }
}
