import { t } from '@lingui/core/macro';
import { sayDone, sayFailed } from '../ui/toasts.ts';

/** The address of a ticket, or of one message of it. */
export const addressOf = (number: number, comment?: number) =>
  `${location.origin}/console/open/${number}${comment === undefined ? '' : `#c${comment}`}`;

export async function copyLink(number: number, comment?: number) {
  try {
    await navigator.clipboard.writeText(addressOf(number, comment));
    sayDone(t`The link is copied`);
  } catch {
    sayFailed(t`The browser does not let this page copy`);
  }
}
