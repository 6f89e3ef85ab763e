/** Whether the session has ended, or there was none. */
import { signOut as endSession } from '#api/generated/sdk.gen.ts';
import { createStore } from '#shared/store.ts';

const signedOut = createStore(false);

export const reportSignedOut = () => signedOut.set(true);
export const reportSignedIn = () => signedOut.set(false);
export const useIsSignedOut = signedOut.use;
export const isSignedOut = signedOut.get;

/** Drafts stay in this browser; they are shown to the same member only. */
export async function signOut() {
  await endSession();
  location.assign('/console');
}

const RETURN_KEY = 'paneldesk.return';

/** The identity provider sends the browser back to the start of the console: the address is kept meanwhile. */
export function leaveForProvider() {
  try {
    sessionStorage.setItem(RETURN_KEY, location.pathname + location.search + location.hash);
  } catch {
    // It comes back to the start.
  }
}

/** The address that was asked for before the provider; null when there was none. */
export function takeReturnAddress(): string | null {
  try {
    const address = sessionStorage.getItem(RETURN_KEY);
    sessionStorage.removeItem(RETURN_KEY);
    return address?.startsWith('/console/') ? address.slice('/console'.length) : null;
  } catch {
    return null;
  }
}
