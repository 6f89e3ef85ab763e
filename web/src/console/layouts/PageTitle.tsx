import { useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useEffect } from 'react';
import { queryClient } from '#api/client.ts';
import { findStaffTicketOptions } from '#api/generated/@tanstack/react-query.gen.ts';
import { listQueue } from '#api/generated/sdk.gen.ts';
import { isQueueName, queues } from '../queues.ts';

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

/** The title of the tab: unread tickets of the member, then what is open. */
export function PageTitle() {
  const { t, i18n } = useLingui();
  const { list, number } = useParams({ strict: false });
  const unread = useUnreadCount();
  const ticket = useQuery({
    ...findStaffTicketOptions({ path: { ticket_number: Number(number) } }),
    enabled: false, // the page reads it
  }).data;
  const place =
    number !== undefined
      ? `#${number} ${ticket?.summary ?? ''}`.trim()
      : list === undefined
        ? t`Settings`
        : isQueueName(list)
          ? i18n._(queues[list].name)
          : t`Tickets`;
  useEffect(() => {
    document.title = `${unread > 0 ? `(${unread}) ` : ''}${place} – Paneldesk`;
  }, [unread, place]);
  return null;
}
