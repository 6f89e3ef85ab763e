/** A value outside of React that components follow. */
import { useSyncExternalStore } from 'react';

export interface Store<Value> {
  get(): Value;
  set(value: Value): void;
  /** The value, drawn again when it changes. */
  use(): Value;
  /** A part of it, drawn again when that one changes. */
  usePart<Part>(partOf: (value: Value) => Part): Part;
}

export function createStore<Value>(initial: Value): Store<Value> {
  let current = initial;
  const listeners = new Set<() => void>();
  const subscribe = (listener: () => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };
  const get = () => current;
  return {
    get,
    set(value) {
      if (Object.is(value, current)) return;
      current = value;
      for (const listener of listeners) listener();
    },
    use: () => useSyncExternalStore(subscribe, get),
    usePart: (partOf) => useSyncExternalStore(subscribe, () => partOf(current)),
  };
}
