/** Whether the help of the keys is open. */
import { createStore } from '#shared/store.ts';

const isOpen = createStore(false);

export const openHelp = () => isOpen.set(true);
export const closeHelp = () => isOpen.set(false);
export const useIsHelpOpen = isOpen.use;
