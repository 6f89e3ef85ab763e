/** Which dialog of the open ticket is shown, and which of its menus a key has opened. */
import { createStore } from '#shared/store.ts';

export type TicketDialog =
  | { kind: 'split'; from: number | null }
  | { kind: 'merge' | 'close' | 'snooze' | 'move' }
  | { kind: 'redact'; comment: number };

const dialog = createStore<TicketDialog | null>(null);
export const openDialog = (opened: TicketDialog) => dialog.set(opened);
export const closeDialog = () => dialog.set(null);
export const useDialog = dialog.use;

export type HeaderMenu = 'assign' | 'topic';

const menu = createStore<HeaderMenu | null>(null);
export const useHeaderMenu = menu.use;
export const setHeaderMenu = menu.set;
