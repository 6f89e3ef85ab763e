import { useEffect, useRef } from 'react';
import type { StaffTicketWithComments } from '#api/generated/types.gen.ts';
import { readByLooking } from '../actions/mark-read.ts';
import { readByLooking as readNotifications, useIsNotifiedOf } from '../bell/unread.ts';
import { setLastSeen } from './last-seen.ts';

const LOOKED_AT_MS = 1500;

/**
 * Marks the ticket, and its notifications, as read once it has been looked at for a moment. One that was marked as
 * unread by hand stays so until the client writes again.
 */
export function useMarkRead({ number, is_staff_read, comments }: StaffTicketWithComments) {
  const last = comments.at(-1)?.id ?? 0;
  const lastOfClient = comments.findLast(({ is_client_author }) => is_client_author)?.id ?? 0;
  const isNotified = useIsNotifiedOf(number);
  const looked = useRef({ number, last: -1, readTo: -1 }); // of the client’s messages
  useEffect(() => {
    if (looked.current.number !== number) looked.current = { number, last: -1, readTo: -1 };
    if (is_staff_read) looked.current.readTo = lastOfClient;
    // It was read with these very messages: somebody has marked it by hand, maybe before the moment was over.
    else if (looked.current.readTo === lastOfClient) looked.current.last = lastOfClient;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = () => {
      clearTimeout(timer);
      if (document.visibilityState !== 'visible' || !document.hasFocus()) return;
      timer = setTimeout(() => {
        setLastSeen(number, last);
        if (!is_staff_read && lastOfClient > looked.current.last) void readByLooking(number);
        looked.current.last = lastOfClient;
        if (isNotified) void readNotifications(number);
      }, LOOKED_AT_MS);
    };
    look();
    document.addEventListener('visibilitychange', look);
    window.addEventListener('focus', look);
    window.addEventListener('blur', look);
    return () => {
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', look);
      window.removeEventListener('focus', look);
      window.removeEventListener('blur', look);
    };
  }, [number, is_staff_read, isNotified, last, lastOfClient]);
}
