/** Tells the team that this member looks at the ticket, or writes on it, for as long as the page is seen. */
import { useCallback, useEffect, useRef } from 'react';
import { enterTicket, leaveTicket } from '#api/generated/sdk.gen.ts';

const RENEW_MS = 20_000;
/** Whoever goes on sooner has not looked at it: nobody needs to know. */
const PASSING_MS = 300;
/** A pause after the last change that is no longer writing. */
const WRITING_MS = 10_000;

/** Returns what to call when what is written changes: whether there is anything. */
export function usePresence(ticket_number: number): (isWriting: boolean) => void {
  const state = useRef<'viewing' | 'writing'>('viewing');
  const isTold = useRef(false);
  const idle = useRef<ReturnType<typeof setTimeout>>(undefined);

  const tell = useCallback(() => {
    if (document.visibilityState !== 'visible') return;
    isTold.current = true;
    // It is repeated soon: one that fails is not worth a word.
    void enterTicket({ path: { ticket_number }, body: { state: state.current } }).catch(() => {});
  }, [ticket_number]);

  useEffect(() => {
    state.current = 'viewing';
    const first = setTimeout(tell, PASSING_MS);
    const timer = setInterval(tell, RENEW_MS);
    const leave = () => {
      clearTimeout(first);
      if (!isTold.current) return;
      isTold.current = false;
      // `keepalive`: the request outlives the page.
      void leaveTicket({ path: { ticket_number }, keepalive: true }).catch(() => {});
    };
    const onVisibility = () => (document.visibilityState === 'visible' ? tell() : leave());
    window.addEventListener('pagehide', leave);
    document.addEventListener('visibilitychange', onVisibility);
    return () => {
      clearInterval(timer);
      clearTimeout(idle.current);
      window.removeEventListener('pagehide', leave);
      document.removeEventListener('visibilitychange', onVisibility);
      leave();
    };
  }, [ticket_number, tell]);

  const set = useCallback(
    (next: 'viewing' | 'writing') => {
      if (state.current === next) return;
      state.current = next;
      tell();
    },
    [tell],
  );
  return useCallback(
    (isWriting) => {
      clearTimeout(idle.current);
      set(isWriting ? 'writing' : 'viewing');
      if (isWriting) idle.current = setTimeout(() => set('viewing'), WRITING_MS);
    },
    [set],
  );
}
