/** Whether the session has ended while the page is open. What was typed stays, and goes on when it is back. */
import { createStore } from '#shared/store.ts';

const ended = createStore(false);

export const reportEnded = () => ended.set(true);
export const reportResumed = () => ended.set(false);
export const useHasEnded = ended.use;
