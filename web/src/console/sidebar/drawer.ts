/** Whether the sidebar is drawn over the page, where the window has no room for it. */
import { createStore } from '#shared/store.ts';

const isOpen = createStore(false);

export const openDrawer = () => isOpen.set(true);
export const closeDrawer = () => isOpen.set(false);
export const useIsDrawerOpen = isOpen.use;
