import { t } from '@lingui/core/macro';
import { once } from '#api/client.ts';
import { moveTicket } from '#api/generated/sdk.gen.ts';
import type { StaffTicket } from '#api/generated/types.gen.ts';
import { readAgain } from '../cache.ts';
import { checkLists } from '../list/cache.ts';
import { sayDone } from '../ui/toasts.ts';
import { patiently } from './in-order.ts';

type Account = { account_id: number; name: string };

/** Throws what the server refuses: the dialog says it. */
export async function move({ number, account_id }: StaffTicket, to: Account, key: string) {
  await put(number, to.account_id, key);
  sayDone(t`#${number} is moved to ${to.name}`, {
    label: t`Undo`,
    run: () => put(number, account_id),
  });
}

async function put(number: number, account_id: number, key?: string) {
  await patiently(() =>
    moveTicket({ path: { ticket_number: number }, body: { account_id }, headers: once(key) }),
  );
  checkLists([number]);
  readAgain(number);
}
