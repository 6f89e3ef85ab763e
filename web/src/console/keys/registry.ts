/** What the keys do at this moment. Each part of the page says it with `useKey` while it is shown. */
import { useEffect, useRef } from 'react';
import type { KeyId } from './keys.ts';

/** Returns false when it has nothing to do: the key then does what it does in the browser. */
type Handler = (event: KeyboardEvent) => unknown;

interface Entry {
  isEnabled(): boolean;
  run: Handler;
}

const entries = new Map<KeyId, Entry[]>();

/** What may be pressed before the ticket has come: it is done then. */
const WAITING: readonly KeyId[] = ['reply', 'note'];
const WAIT_MS = 1500;
let waiting: { id: KeyId; event: KeyboardEvent; until: number } | null = null;

/** Binds a key of keys.ts while the component is shown. The one that came last has it. */
export function useKey(id: KeyId, handler: Handler, { enabled = true } = {}) {
  const latest = useRef({ handler, enabled });
  latest.current = { handler, enabled };
  useEffect(() => {
    const entry: Entry = {
      isEnabled: () => latest.current.enabled,
      run: (event) => latest.current.handler(event),
    };
    entries.set(id, [...(entries.get(id) ?? []), entry]);
    const { id: awaited, event, until = 0 } = waiting ?? {};
    if (awaited === id && event && performance.now() < until && entry.isEnabled()) {
      waiting = null;
      entry.run(event);
    }
    return () => {
      entries.set(id, entries.get(id)?.filter((each) => each !== entry) ?? []);
    };
  }, [id]);
}

/** Does what the key does; false when nothing is there to do it. */
export function runKey(id: KeyId, event: KeyboardEvent): boolean {
  const entry = entries.get(id)?.findLast(({ isEnabled }) => isEnabled());
  waiting = entry || !WAITING.includes(id) ? null : { id, event, until: performance.now() + WAIT_MS };
  return entry !== undefined && entry.run(event) !== false;
}

/** Whether something is there to do it. */
export const canRun = (id: KeyId): boolean => entries.get(id)?.some(({ isEnabled }) => isEnabled()) ?? false;
