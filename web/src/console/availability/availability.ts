/** Whether a member is online, away or busy: of oneself it is chosen, of others it comes with the list of members. */
import { msg, t } from '@lingui/core/macro';
import { queryClient } from '#api/client.ts';
import { getMeQueryKey, listMembersQueryKey } from '#api/generated/@tanstack/react-query.gen.ts';
import { changeMe } from '#api/generated/sdk.gen.ts';
import type {
  CurrentMember,
  ListMembersResponse,
  StaffEventBase,
  StaffMember,
} from '#api/generated/types.gen.ts';
import { sayFailed } from '../ui/toasts.ts';

export type Availability = StaffMember['availability'];

export const availabilities = { online: msg`Online`, away: msg`Away`, busy: msg`Busy` };

const isAvailability = (word: unknown): word is Availability =>
  typeof word === 'string' && Object.hasOwn(availabilities, word);

const ownMember = () => queryClient.getQueryData<CurrentMember>(getMeQueryKey());

/** A member who is busy is not interrupted. */
export const isBusy = () => ownMember()?.availability === 'busy';

function put(staffId: number, availability: Availability) {
  queryClient.setQueryData<CurrentMember>(getMeQueryKey(), (me) =>
    me?.staff_id === staffId ? { ...me, availability } : me,
  );
  queryClient.setQueryData<ListMembersResponse>(
    listMembersQueryKey(),
    (members) =>
      members && {
        items: members.items.map((member) =>
          member.staff_id === staffId ? { ...member, availability } : member,
        ),
      },
  );
}

/** Of oneself. Holds at once; when the server refuses, it is taken back, and said. */
export async function setAvailability(availability: Availability) {
  const before = ownMember();
  if (!before || before.availability === availability) return;
  put(before.staff_id, availability);
  try {
    await changeMe({ body: { availability } });
  } catch {
    put(before.staff_id, before.availability);
    sayFailed(t`Could not change the availability`, {
      label: t`Retry`,
      run: () => setAvailability(availability),
    });
  }
}

export function applyAvailabilityEvent({ type, data }: StaffEventBase) {
  if (type !== 'staff.availability_changed' || !isAvailability(data?.availability)) return;
  put(Number(data?.staff_id), data.availability);
}
