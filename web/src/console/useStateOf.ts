import { useCallback, useState } from 'react';

/** A state of one thing that is shown: with the next one it begins anew, and its component is not drawn from nothing. */
export function useStateOf<Value>(thing: number, begin: () => Value): [Value, (value: Value) => void] {
  const [kept, setKept] = useState(() => ({ thing, value: begin() }));
  const state = kept.thing === thing ? kept : { thing, value: begin() };
  if (state !== kept) setKept(state);
  const set = useCallback(
    // What was begun for another thing does not change this one.
    (value: Value) => setKept((now) => (now.thing === thing ? { thing, value } : now)),
    [thing],
  );
  return [state.value, set];
}
