/** A sign-in at the identity provider that has failed: the server names its code in the fragment of the address. */
import { t } from '@lingui/core/macro';

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
  switch (code) {
    case null:
      return null;
    case 'sign_in_refused':
      return t`The identity provider has not signed you in, or it took too long. Please try again.`;
    case 'not_a_member':
      return t`The identity provider knows you, but you are not an enabled team member here. Ask an admin.`;
    case 'provider_unavailable':
      return t`The identity provider does not respond. Try again later, or sign in with your password.`;
    default:
      return t`The sign-in has failed. Please try again.`;
  }
}
