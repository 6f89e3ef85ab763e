/** Whether the session has ended, or there was none. */
import { createStore } from '#shared/store.ts';

const signedOut = createStore(false);

export const reportSignedOut = () => signedOut.set(true);
export const reportSignedIn = () => signedOut.set(false);
export const useIsSignedOut = signedOut.use;
export const isSignedOut = signedOut.get;
