import { plural, t } from '@lingui/core/macro';
import { once } from '#api/client.ts';
import { splitTicket, unsplitTicket } from '#api/generated/sdk.gen.ts';
import type { StaffTicket } from '#api/generated/types.gen.ts';
import { readAgain } from '../cache.ts';
import { checkLists } from '../list/cache.ts';
import { sayDone } from '../ui/toasts.ts';

/** Throws what the server refuses: the dialog says it. `key` stays the same over tries. */
export async function split(number: number, comment_ids: number[], summary: string, key: string) {
  const made = await splitTicket({
    path: { ticket_number: number },
    body: { comment_ids, summary },
    headers: once(key),
  });
  look(number, made.number);
  const count = plural(comment_ids.length, { one: '# message', other: '# messages' });
  sayDone(t`${count} moved to #${made.number}`, {
    label: t`Undo`,
    run: () => unsplit({ number: made.number, splitted_from_ticket_number: number }),
  });
}

export async function unsplit({
  number,
  splitted_from_ticket_number: source,
}: Pick<StaffTicket, 'number' | 'splitted_from_ticket_number'>) {
  await unsplitTicket({ path: { ticket_number: number }, headers: once() });
  look(number, source ?? number);
  sayDone(t`The split that made #${number} is undone`);
}

function look(...numbers: number[]) {
  checkLists(numbers);
  for (const number of numbers) readAgain(number);
}
