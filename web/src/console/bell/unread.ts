/** The notifications of the member, as the server has them: the same in every tab, and after a reload. */
import { useQuery } from '@tanstack/react-query';
import { queryClient } from '#api/client.ts';
import {
  listNotificationsOptions,
  listNotificationsQueryKey,
} from '#api/generated/@tanstack/react-query.gen.ts';
import { markNotificationsRead } from '#api/generated/sdk.gen.ts';
import type { ListNotificationsResponse, MarkNotificationsReadData } from '#api/generated/types.gen.ts';

/** The server counts up to here. */
const MOST = 100;

export const useNotifications = () => useQuery(listNotificationsOptions()).data;

/** `3`, or `99+`. */
export const countOf = (count: number) => (count < MOST ? String(count) : `${MOST - 1}+`);

/** Whether a ticket has some, or may have some that are not listed. */
export const useIsNotifiedOf = (number: number) => {
  const { items = [], count = 0 } = useNotifications() ?? {};
  return items.some(({ ticket_number }) => ticket_number === number) || count > items.length;
};

/** Throws when they could not be. */
export async function markRead(query: MarkNotificationsReadData['query']) {
  const left = await markNotificationsRead({ query });
  queryClient.setQueryData<ListNotificationsResponse>(listNotificationsQueryKey(), left);
}

/** Somebody has looked at the ticket: nothing is said. When it fails they stay, which the bell shows. */
export const readByLooking = (ticket_number: number) => markRead({ ticket_number }).catch(() => {});

let timer: ReturnType<typeof setTimeout> | undefined;

/** The server says that they have changed. Many such words that come together are one request. */
export function readNotificationsAgain() {
  if (timer) return;
  timer = setTimeout(() => {
    timer = undefined;
    void queryClient.invalidateQueries({ queryKey: listNotificationsQueryKey() });
  }, 200);
}
