/** What is read aloud without moving the focus: something has happened by itself. */
import { createStore } from './store.ts';

const said = createStore({ text: '', count: 0 });
const urgent = createStore({ text: '', count: 0 });

/** Says it once; the same words again are said again. */
export const announce = (text: string) => said.set({ text, count: said.get().count + 1 });
export const useAnnouncement = said.use;

/** Interrupts what is being read: for what must not be missed. */
export const announceUrgently = (text: string) => urgent.set({ text, count: urgent.get().count + 1 });
export const useUrgentAnnouncement = urgent.use;
