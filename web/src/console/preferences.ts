/** Settings that follow the team member from device to device. What belongs to a device is in settings.ts. */
import { t } from '@lingui/core/macro';
import { queryClient } from '#api/client.ts';
import { getMeQueryKey } from '#api/generated/@tanstack/react-query.gen.ts';
import { changeMe } from '#api/generated/sdk.gen.ts';
import type { CurrentMember } from '#api/generated/types.gen.ts';
import { useMeIfKnown } from './me.ts';
import { sayFailed } from './ui/toasts.ts';

type Changes = Record<string, string | number | boolean | null>;
type Preferences = CurrentMember['preferences'];

const NONE: Preferences = {};

/** Empty until the member is known. */
export const usePreferences = (): Preferences => useMeIfKnown()?.preferences ?? NONE;

/** For code outside of components. */
export const preferences = (): Preferences =>
  queryClient.getQueryData<CurrentMember>(getMeQueryKey())?.preferences ?? NONE;

function put(saved: Preferences) {
  queryClient.setQueryData<CurrentMember>(getMeQueryKey(), (me) => me && { ...me, preferences: saved });
}

/** Holds at once; null removes one. When the server refuses, it is taken back, and said. */
export async function savePreferences(changes: Changes) {
  const before = preferences();
  const merged = Object.entries({ ...before, ...changes }).filter(([, value]) => value !== null);
  put(Object.fromEntries(merged) as Preferences); // the nulls are out
  try {
    put((await changeMe({ body: { preferences: changes } })).preferences);
  } catch {
    put(before);
    sayFailed(t`Could not save the settings`, { label: t`Retry`, run: () => savePreferences(changes) });
  }
}
