import { plural, t } from '@lingui/core/macro';
import { once } from '#api/client.ts';
import { cancelDelayedReply, delayReply, splitTicket, unsplitTicket } from '#api/generated/sdk.gen.ts';
import type { DelayedReply, SplitTicketData, StaffTicket } from '#api/generated/types.gen.ts';
import { readAgain } from '../cache.ts';
import { checkLists } from '../list/cache.ts';
import { wordsOf } from '../refusals.ts';
import { undoSeconds } from '../sending.ts';
import { sayDone, sayFailed } from '../ui/toasts.ts';
import { patiently } from './in-order.ts';

/** `message`: a reply in the new ticket; empty sends none. Throws what the server refuses: the dialog says it. */
export async function split(number: number, body: SplitTicketData['body'], message: string, key: string) {
  const made = await patiently(() =>
    splitTicket({ path: { ticket_number: number }, body, headers: once(key) }),
  );
  const told = message === '' ? null : await tell(made.number, message);
  look(number, made.number);
  const count = plural(body.comment_ids.length, { one: '# message', other: '# messages' });
  sayDone(t`${count} moved to #${made.number}`, {
    label: t`Undo`,
    run: async () => {
      // A reply that was sent meanwhile moves back with the messages.
      if (told)
        await cancelDelayedReply({ path: { delayed_reply_id: told.delayed_reply_id } }).catch(() => {});
      await unsplit({ number: made.number, splitted_from_ticket_number: number });
    },
    seconds: told ? undoSeconds() : undefined,
  });
}

/** The ticket waits as it did before: the client has no answer yet. */
async function tell(ticket_number: number, body: string): Promise<DelayedReply | null> {
  try {
    return await delayReply({
      path: { ticket_number },
      body: { body, status_key: 'in_progress', delay_seconds: undoSeconds() },
      headers: once(),
    });
  } catch (error) {
    sayFailed(t`The client of #${ticket_number} is not told: ${wordsOf(error)}`);
    return null;
  }
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
