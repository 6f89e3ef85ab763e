import { t } from '@lingui/core/macro';
import { once } from '#api/client.ts';
import { mergeTicket, unmergeTicket } from '#api/generated/sdk.gen.ts';
import { readAgain } from '../cache.ts';
import { checkLists } from '../list/cache.ts';
import { sayDone } from '../ui/toasts.ts';
import { patiently } from './in-order.ts';

/** Throws what the server refuses: the dialog says it. `key` stays the same over tries. */
export async function merge(number: number, into: number, key: string) {
  await patiently(() => mergeTicket({ path: { ticket_number: number }, body: { into }, headers: once(key) }));
  look(number, into);
  sayDone(t`#${number} is merged into #${into}`, { label: t`Undo`, run: () => unmerge(number, into) });
}

export async function unmerge(number: number, from: number) {
  await unmergeTicket({ path: { ticket_number: number }, headers: once() });
  look(number, from);
  sayDone(t`The merge of #${number} is undone`);
}

function look(...numbers: number[]) {
  checkLists(numbers);
  for (const number of numbers) readAgain(number);
}
