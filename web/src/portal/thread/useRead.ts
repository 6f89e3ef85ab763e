import { useEffect, useRef } from 'react';
import type { Comment, Ticket } from '#api/generated/types.gen.ts';
import { markRead } from './actions.ts';

const LOOKED_AT_MS = 1000;

/** Marks what has come as read, once the page has been looked at for a moment. */
export function useMarkRead(ticket: Ticket | undefined, isLoaded: boolean) {
  const number = ticket?.number;
  const isUnread = ticket?.is_client_read === false && isLoaded;
  useEffect(() => {
    if (!isUnread || !number) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = () => {
      clearTimeout(timer);
      if (document.visibilityState !== 'visible') return;
      timer = setTimeout(() => void markRead(number).catch(() => {}), LOOKED_AT_MS); // the next event tries again
    };
    look();
    document.addEventListener('visibilitychange', look);
    return () => {
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', look);
    };
  }, [isUnread, number]);
}

/** The first comment that was new when the page was opened, or came while nobody looked; kept while it is open. */
export function useFirstNew(comments: Comment[] | undefined): number | null {
  const first = useRef<number | null>(null);
  const isOpen = useRef(false);
  if (comments && first.current === null && (!isOpen.current || document.visibilityState !== 'visible')) {
    isOpen.current = true;
    first.current =
      comments.find((comment) => !comment.is_client_author && !comment.is_client_read)?.id ?? null;
  }
  return first.current;
}
