/** The requests of actions go one after the other: each is about what the one before has made of the ticket. */
import { plural } from '@lingui/core/macro';
import { ApiError } from '#api/errors.ts';
import { sayWaiting } from '../ui/toasts.ts';

/** One that hangs does not hold the others for ever. */
const WAIT_MS = 10_000;
/** Whoever would have to wait longer is told instead. */
const MAX_RETRY_SECONDS = 60;
let last: Promise<unknown> = Promise.resolve();

export function inOrder<Result>(request: () => Promise<Result>): Promise<Result> {
  const time = new Promise((resolve) => setTimeout(resolve, WAIT_MS));
  const next = Promise.race([last, time]).then(() => patiently(request));
  last = next.catch(() => {});
  return next;
}

/** A server that has had too many requests names a time: it is said, and after it the action goes on by itself. */
export async function patiently<Result>(request: () => Promise<Result>): Promise<Result> {
  for (;;) {
    try {
      return await request();
    } catch (error) {
      const seconds = error instanceof ApiError && error.status === 429 ? (error.retryAfter ?? 0) : 0;
      if (seconds === 0 || seconds > MAX_RETRY_SECONDS) throw error;
      sayWaiting(
        plural(seconds, {
          one: 'Too many changes at once: it goes on in # second',
          other: 'Too many changes at once: it goes on in # seconds',
        }),
        seconds,
      );
      await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
    }
  }
}
