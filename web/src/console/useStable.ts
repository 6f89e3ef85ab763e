import { useCallback, useRef } from 'react';

/** The same function at every drawing, which calls the latest one: what gets it is not drawn again for its sake. */
export function useStable<Args extends unknown[]>(handler: (...args: Args) => void): (...args: Args) => void {
  const latest = useRef(handler);
  latest.current = handler;
  return useCallback((...args: Args) => latest.current(...args), []);
}
