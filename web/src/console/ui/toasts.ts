/** Short messages at the edge: what was done, with its undo, and what has failed. */
import { Toast } from '@base-ui/react/toast';
import { announce, announceUrgently } from '#shared/announce.ts';
import { createStore } from '#shared/store.ts';
import { wordsOf } from '../refusals.ts';

/** With a time, a bar shows how much of it is left. */
export interface ToastData {
  seconds?: number;
}

export const toasts = Toast.createToastManager<ToastData>();

export interface Undo {
  label: string;
  run(): void | Promise<void>;
  /** How long it can be done. */
  seconds?: number | undefined;
}

const UNDO_SECONDS = 8;
const lastUndo = createStore<(() => void) | null>(null);

/** Says what was done, and offers to undo it, for as long as it stands there and with the key `z`. */
export function sayDone(title: string, undo?: Undo) {
  announce(title);
  if (!undo) return void toasts.add({ title, timeout: 4000 });
  const { seconds = UNDO_SECONDS } = undo;
  const run = () => {
    toasts.close(id);
    lastUndo.set(null);
    void Promise.resolve(undo.run()).catch((error: unknown) => sayFailed(wordsOf(error)));
  };
  const id = toasts.add({
    title,
    timeout: seconds * 1000,
    data: { seconds } satisfies ToastData,
    actionProps: { children: undo.label, onClick: run },
    onRemove: () => lastUndo.get() === run && lastUndo.set(null),
  });
  lastUndo.set(run);
}

/** Says what goes on by itself after a time, for as long as that takes. */
export function sayWaiting(title: string, seconds: number) {
  announce(title);
  toasts.add({ title, timeout: seconds * 1000, data: { seconds } });
}

/** Says what has failed, with a way to try it again. It stays until it is closed. */
export function sayFailed(title: string, retry?: Undo) {
  announceUrgently(title);
  const id = toasts.add({
    title,
    type: 'failed',
    timeout: retry ? 0 : 10_000,
    actionProps: retry && {
      children: retry.label,
      onClick: () => {
        toasts.close(id);
        void retry.run();
      },
    },
  });
}

let acting: Promise<unknown> | null = null;

/** An action that is shown already, and whose undo comes with its response. */
export function whileActing<Result>(action: Promise<Result>): Promise<Result> {
  const mine = action.finally(() => {
    if (acting === mine) acting = null;
  });
  acting = mine;
  return mine;
}

/** Undoes the last action that can be undone, also one that is on its way; false when there is none. */
export function undoLast(): boolean {
  const before = lastUndo.get();
  if (acting) {
    // Should it fail, the one before it is not what was meant.
    const undo = () => lastUndo.get() !== before && lastUndo.get()?.();
    void acting.then(undo, () => {});
    return true;
  }
  before?.();
  return before !== null;
}
