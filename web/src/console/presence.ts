/** Which tickets the team has open: read once, then kept by events of the stream. It ends by itself, like on the server. */
import { useMemo } from 'react';
import { listPresence } from '#api/generated/sdk.gen.ts';
import type { Presence } from '#api/generated/types.gen.ts';
import { createStore } from '#shared/store.ts';

export interface Viewer {
  staff_id: number;
  staff_name: string;
  state: 'viewing' | 'writing';
}

type Viewers = ReadonlyMap<number, Viewer[]>;

const SWEEP_MS = 5000;
const viewers = createStore<Viewers>(new Map());
/** When each presence ends. Kept apart: a renewal changes nothing that is shown. */
const ends = new Map<string, number>();
let timer: ReturnType<typeof setInterval> | undefined;

/** Reads it anew: at the start, and when events may have been missed. */
export async function loadPresence() {
  const { items } = await listPresence();
  ends.clear();
  viewers.set(new Map());
  for (const presence of items) applyPresence(presence);
}

export function applyPresence({ ticket_number, staff_id, staff_name, state, expires_at }: Presence) {
  const key = `${ticket_number}.${staff_id}`;
  const present = viewers.get().get(ticket_number) ?? [];
  if (state === null || expires_at === null) {
    ends.delete(key);
    return put(
      ticket_number,
      present.filter((viewer) => viewer.staff_id !== staff_id),
    );
  }
  ends.set(key, Date.parse(expires_at));
  timer ??= setInterval(sweep, SWEEP_MS);
  const known = present.find((viewer) => viewer.staff_id === staff_id);
  if (known?.state === state && known.staff_name === staff_name) return;
  const viewer = { staff_id, staff_name, state };
  put(ticket_number, known ? present.map((each) => (each === known ? viewer : each)) : [...present, viewer]);
}

function put(number: number, present: Viewer[]) {
  const before = viewers.get();
  if ((before.get(number)?.length ?? 0) === 0 && present.length === 0) return;
  const next = new Map(before);
  if (present.length > 0) next.set(number, present);
  else next.delete(number);
  viewers.set(next);
}

/** Removes those who have closed their browser without a word. */
function sweep() {
  const now = Date.now();
  for (const [key, end] of ends) {
    if (end > now) continue;
    const [ticket_number = 0, staff_id = 0] = key.split('.').map(Number);
    applyPresence({ ticket_number, staff_id, staff_name: '', state: null, expires_at: null });
  }
  if (ends.size > 0) return;
  clearInterval(timer);
  timer = undefined;
}

/** The others who have the ticket open. */
export function useViewers(ticketNumber: number, ownId: number): Viewer[] {
  const present = viewers.usePart((all) => all.get(ticketNumber));
  return useMemo(() => (present ?? []).filter(({ staff_id }) => staff_id !== ownId), [present, ownId]);
}
