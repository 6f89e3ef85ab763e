import { t } from '@lingui/core/macro';
import { Outlet, useNavigate, useParams } from '@tanstack/react-router';
import { type MouseEvent, useEffect, useRef } from 'react';
import { queryClient } from '#api/client.ts';
import type { Presence, StaffEventBase } from '#api/generated/types.gen.ts';
import { followEvents } from '#api/live.ts';
import { applyAvailabilityEvent } from '../availability/availability.ts';
import { readNotificationsAgain } from '../bell/unread.ts';
import { LazyBulkDialog } from '../bulk/LazyBulkDialog.tsx';
import { applyEvent } from '../cache.ts';
import { focusConversation } from '../keys/focus.ts';
import { useMe } from '../me.ts';
import { notify } from '../notify/notifications.ts';
import { useLookedAt } from '../notify/useLookedAt.ts';
import { LazyPalette } from '../palette/LazyPalette.tsx';
import { applyPresence, loadPresence } from '../presence.ts';
import { Sidebar } from '../sidebar/Sidebar.tsx';
import { applyViewEvent } from '../sidebar/views.ts';
import { LazyTags } from '../tags/LazyTags.tsx';
import { returnStoppedReply } from '../undo-reply.ts';
import { Bars } from './Bars.tsx';
import { LiveRegions } from './LiveRegions.tsx';
import { PageTitle } from './PageTitle.tsx';
import styles from './Workplace.module.css';
import { WorkplaceKeys } from './WorkplaceKeys.tsx';

/** Sidebar, list and conversation side by side; on a phone one of them at a time. */
export function Workplace() {
  useStream();

  function skip(event: MouseEvent) {
    event.preventDefault();
    focusConversation();
  }

  return (
    <div className={styles.frame}>
      {/* biome-ignore lint/a11y/useValidAnchor: it is an address; the script focuses the part that scrolls */}
      <a className={styles.skip} href="#conversation" onClick={skip}>
        {t`Skip to the conversation`}
      </a>
      <Bars />
      <div className={styles.workplace} data-ready>
        <Sidebar />
        <WorkplaceKeys />
        <LazyPalette />
        <LazyTags />
        <LazyBulkDialog />
        <Panes />
      </div>
      <LiveRegions />
    </div>
  );
}

/** By itself: another ticket draws nothing around it anew. */
function Panes() {
  const { number } = useParams({ strict: false });
  useLookedAt(number === undefined ? null : Number(number));
  return (
    <main className={styles.panes} data-ticket={number !== undefined}>
      <PageTitle />
      <Outlet />
    </main>
  );
}

/** Brings what is shown up to date, and says what concerns the member. */
function useStream() {
  const { staff_id } = useMe();
  const navigate = useNavigate();
  const open = useRef<(number: number) => void>(() => {});
  open.current = (number) =>
    void navigate({ to: '/$list/$number', params: { list: 'mine', number: String(number) } });
  useEffect(
    () =>
      followEvents<StaffEventBase>({
        url: '/staff/events/stream',
        name: `staff.${staff_id}`,
        onEvent(event) {
          returnStoppedReply(event, staff_id, (number) => open.current(number));
          applyEvent(event);
          applyViewEvent(event);
          applyAvailabilityEvent(event);
          notify(event, staff_id, (number) => open.current(number));
        },
        onNotifications: readNotificationsAgain,
        onConnect: readNotificationsAgain, // what was said of them without a connection is lost
        onPresence: (presence) => applyPresence(presence as Presence), // the server's own JSON
        onGap: () => {
          void queryClient.invalidateQueries();
          void loadPresence().catch(() => {}); // it comes with the events, too
        },
      }),
    [staff_id],
  );
}
