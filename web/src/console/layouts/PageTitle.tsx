import { useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useEffect } from 'react';
import { queryClient } from '#api/client.ts';
import { listQueue } from '#api/generated/sdk.gen.ts';
import { ticketOptions } from '../cache.ts';
import { useNamedList } from '../list/useNamedList.ts';
import { usePending } from '../pending.ts';

const MAX = 99;
const unreadKey = ['unread-of-mine'];

/** How many of the member's own tickets have something that nobody of support has read. */
export const useUnreadCount = () =>
  useQuery({
    queryKey: unreadKey,
    queryFn: () =>
      listQueue({ query: { assignee_id: 'me', is_staff_read: false, is_closed: false, limit: MAX } }),
  }).data?.items.length ?? 0;

let timer: ReturnType<typeof setTimeout> | undefined;

/** After an event; many that come together are counted once. */
export function countUnreadAgain() {
  if (timer) return;
  timer = setTimeout(() => {
    timer = undefined;
    void queryClient.invalidateQueries({ queryKey: unreadKey });
  }, 1000);
}

/** The heading of the page, which is heard and not seen; the title of the tab, which counts unread tickets, too. */
export function PageTitle() {
  const { t } = useLingui();
  const { list, number } = useParams({ strict: false });
  const unread = useUnreadCount();
  const named = useNamedList(list ?? '').name;
  const ticket = usePending(
    useQuery({
      ...ticketOptions(Number(number)),
      enabled: false, // the page reads it
    }).data,
  );
  const place = list === undefined ? t`Settings` : named;
  const title = number === undefined ? place : `#${number} ${ticket?.summary ?? ''}`.trim();
  useEffect(() => {
    document.title = `${unread > 0 ? `(${unread}) ` : ''}${title} – Paneldesk`;
  }, [unread, title]);
  return <h1 className="visually-hidden">{number === undefined ? place : t`Ticket #${number}`}</h1>;
}
