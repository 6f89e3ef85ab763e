/** Whether the session has ended while the page is open. What was typed stays. */
import { createStore } from '#shared/store.ts';

const ended = createStore(false);

export const reportEnded = () => ended.set(true);
export const useHasEnded = ended.use;
