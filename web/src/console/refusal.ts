/** A sign-in at the identity provider that has failed: the server names its code in the fragment of the address. */
import { t } from '@lingui/core/macro';
import { wordsOfCode } from './refusals.ts';

const CODES = ['sign_in_refused', 'not_a_member', 'provider_unavailable'];
let code: string | null = null;

/** Called once, before the first page: the code goes from the address, and a reload does not say it again. */
export function readRefusal() {
  const [, refused] = /^#refused=(\w+)$/.exec(location.hash) ?? [];
  if (!refused) return;
  code = refused;
  history.replaceState(history.state, '', location.pathname + location.search);
}

/** What to do, for the codes that are known: an address that somebody made up says nothing of theirs. */
export function refusalInWords(): string | null {
  if (code === null) return null;
  return CODES.includes(code) ? wordsOfCode(code) : t`The sign-in has failed. Please try again.`;
}
