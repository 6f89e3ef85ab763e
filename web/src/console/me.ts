/** The team member who is signed in. A context, not a query: every message asks, and each query is an observer. */
import { createContext, useContext } from 'react';
import type { CurrentMember } from '#api/generated/types.gen.ts';

export const MeContext = createContext<CurrentMember | undefined>(undefined);

/** Undefined until it is known. */
export const useMeIfKnown = () => useContext(MeContext);

/** The console is shown only once it is known. */
export function useMe(): CurrentMember {
  const me = useMeIfKnown();
  if (!me) throw new Error('The console is open without a team member.');
  return me;
}
