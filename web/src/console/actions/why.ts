import { plural, t } from '@lingui/core/macro';
import { ApiError } from '#api/errors.ts';

/** Why something has failed: in our words where they help, else in those of the server, where it has any. */
export function whyOf(error: unknown): string {
  if (!(error instanceof ApiError) || !error.problem) return t`No connection`;
  const { status, retryAfter, message } = error;
  if (status === 429 && retryAfter)
    return plural(retryAfter, {
      one: 'too many requests, wait # second',
      other: 'too many requests, wait # seconds',
    });
  return message;
}
