/**
 * Changes tickets, one or 200, in one request with one exact undo. It is shown at once, in the ticket and in the lists;
 * what fails is taken back and said, and what single tickets refuse is said too.
 */
import { msg, plural, t } from '@lingui/core/macro';
import { once } from '#api/client.ts';
import { runBulk, undoBulk } from '#api/generated/sdk.gen.ts';
import type { RunBulkData, RunBulkResponse } from '#api/generated/types.gen.ts';
import { i18n } from '#shared/i18n.ts';
import { openBulkDialog, type Refused } from '../bulk/dialogs.ts';
import { readAgain } from '../cache.ts';
import { checkLists, knownRow } from '../list/cache.ts';
import { deselect } from '../list/selection.ts';
import type { Change, Shown } from '../pending.ts';
import { wordsOf, wordsOfCode } from '../refusals.ts';
import { sayDone, sayFailed, whileActing } from '../ui/toasts.ts';
import { inOrder } from './in-order.ts';
import { show } from './show.ts';

export interface TicketAction {
  /** What was done, for example “Resolved”. */
  done: string;
  /** What could not be done, for example “Could not resolve #104823”; `what` is the number, or how many. */
  failed(what: string): string;
  request: Omit<RunBulkData['body'], 'ticket_numbers'>;
  /** How long it can be undone; without it, as long as anything. */
  undoSeconds?: number;
  /** What tickets and rows show before the answer is there. */
  shows?: Shown | Change;
}

/** Why a ticket was not changed, by the code of the server, where it is said more shortly than elsewhere. */
const reasons: Record<string, ReturnType<typeof msg>> = {
  ticket_closed: msg`already closed`,
  ticket_resolved: msg`already resolved`,
  ticket_merged: msg`merged into another ticket`,
  ticket_full: msg`full`,
  ticket_not_found: msg`not found`,
  too_many_tags: msg`too many tags`,
};

const nameOf = (numbers: number[], count = numbers.length) =>
  numbers.length === 1 ? `#${numbers[0]}` : plural(count, { one: '# ticket', other: '# tickets' });

/** Returns whether all of them were changed. */
export const runAction = (numbers: number[], action: TicketAction): Promise<boolean> =>
  whileActing(change(numbers, action));

async function change(numbers: number[], action: TicketAction): Promise<boolean> {
  const end = show(numbers, action.shows);
  try {
    const body = { ...action.request, ticket_numbers: numbers };
    const result = await inOrder(() => runBulk({ body, headers: once() }));
    const refused = result.items.filter(({ result }) => result !== 'done');
    end(refused.map(({ ticket_number }) => ticket_number));
    deselect(numbers);
    say(action, numbers, result);
    return refused.length === 0;
  } catch (error) {
    end(numbers);
    const why = wordsOf(error);
    sayFailed(`${action.failed(nameOf(numbers))}. ${why}`, {
      label: t`Retry`,
      run: async () => void (await runAction(numbers, action)),
    });
    return false;
  } finally {
    look(numbers);
  }
}

/** Reads what the action, or its undo, has made of them. */
function look(numbers: number[]) {
  checkLists(numbers);
  for (const number of numbers) readAgain(number);
}

function say(action: TicketAction, numbers: number[], { bulk_id, items }: RunBulkResponse) {
  const refused = items.filter(({ result }) => result !== 'done');
  const count = items.length - refused.length;
  if (refused.length > 0) {
    const title = refusalOf(action, refused, numbers);
    const show = () =>
      openBulkDialog({
        kind: 'refused',
        title: action.failed(nameOf(numbers, refused.length)),
        refused: listed(refused),
      });
    sayFailed(title, numbers.length > 1 ? { label: t`Show`, run: show } : undefined);
  }
  if (count === 0) return;
  sayDone(`${action.done} · ${nameOf(numbers, count)}`, {
    label: t`Undo`,
    run: () => undo(bulk_id, numbers),
    seconds: action.undoSeconds,
  });
}

const reasonOf = (code: string) => (reasons[code] ? i18n._(reasons[code]) : wordsOfCode(code));

/** A reason goes on with the sentence; other words are one themselves. */
const withReason = (failed: string, code: string) =>
  `${failed}${reasons[code] ? ':' : '.'} ${reasonOf(code)}`;

const listed = (refused: RunBulkResponse['items']): Refused[] =>
  refused.map(({ ticket_number: number, result }) => ({
    number,
    summary: knownRow(number)?.summary ?? '',
    why: reasonOf(result),
  }));

/** “3 of 40 were not changed: already closed (#100042, #100043), full (#100044)”. */
function refusalOf(action: TicketAction, refused: RunBulkResponse['items'], numbers: number[]): string {
  const byReason = Map.groupBy(refused, ({ result }) => result);
  if (numbers.length === 1) return withReason(action.failed(nameOf(numbers)), refused[0]?.result ?? '');
  const parts = [...byReason].map(([code, items]) => {
    const named = items.slice(0, 3).map(({ ticket_number }) => `#${ticket_number}`);
    return `${reasonOf(code)} (${named.join(', ')}${items.length > 3 ? ', …' : ''})`;
  });
  return t`${refused.length} of ${numbers.length} were not changed: ${parts.join(', ')}`;
}

async function undo(bulk_id: number, numbers: number[]) {
  const { items } = await inOrder(() => undoBulk({ path: { bulk_id }, headers: once() }));
  look(numbers);
  const kept = items.filter(({ not_undone }) => not_undone.length > 0).length;
  if (kept > 0)
    sayFailed(
      plural(kept, {
        one: '# ticket was changed meanwhile and stays as it is',
        other: '# tickets were changed meanwhile and stay as they are',
      }),
    );
}
