/** Does to one ticket what has no bulk action: shown at once, taken back and said when it fails. */
import { t } from '@lingui/core/macro';
import { once } from '#api/client.ts';
import { ApiError } from '#api/errors.ts';
import { readAgain } from '../cache.ts';
import { checkLists } from '../list/cache.ts';
import type { Shown } from '../pending.ts';
import { wordsOf } from '../refusals.ts';
import { sayDone, sayFailed, whileActing } from '../ui/toasts.ts';
import { inOrder } from './in-order.ts';
import { show } from './show.ts';

interface OneAction {
  /** What was done; without it nothing is said. */
  done?: string;
  failed: string;
  shows?: Shown;
  /** The headers have the Idempotency-Key. */
  request(headers: ReturnType<typeof once>): Promise<unknown>;
  undo?(): Promise<unknown>;
}

/** Returns false when it has failed. */
export const runOne = (number: number, action: OneAction, headers = once()): Promise<boolean> =>
  whileActing(change(number, action, headers));

async function change(number: number, action: OneAction, headers: ReturnType<typeof once>): Promise<boolean> {
  const { done, failed, shows, request, undo } = action;
  const end = show([number], shows);
  try {
    await inOrder(() => request(headers));
  } catch (error) {
    end([number]);
    const isUnanswered = error instanceof ApiError && error.isTemporary;
    sayFailed(`${failed}. ${wordsOf(error)}`, {
      label: t`Retry`,
      // The same key: the request may have arrived.
      run: async () => void (await runOne(number, action, isUnanswered ? headers : once())),
    });
    return false;
  }
  end();
  if (done) {
    const run = async () => {
      await inOrder(async () => undo?.());
      look(number);
    };
    sayDone(done, undo && { label: t`Undo`, run });
  }
  look(number);
  return true;
}

function look(number: number) {
  checkLists([number]);
  readAgain(number);
}
