import { t } from '@lingui/core/macro';
import { Outlet, useParams } from '@tanstack/react-router';
import { useEffect } from 'react';
import { queryClient } from '#api/client.ts';
import type { Presence, StaffEventBase } from '#api/generated/types.gen.ts';
import { followEvents } from '#api/live.ts';
import { applyEvent } from '../cache.ts';
import { applyPresence, loadPresence } from '../presence.ts';
import { Sidebar } from '../sidebar/Sidebar.tsx';
import { returnStoppedReply } from '../undo-reply.ts';
import { useMe } from './SignedInOnly.tsx';
import styles from './Workplace.module.css';
import { WorkplaceKeys } from './WorkplaceKeys.tsx';

/** Sidebar, list and conversation side by side; on a phone one of them at a time. */
export function Workplace() {
  const { staff_id } = useMe();
  const { number } = useParams({ strict: false });
  useEffect(
    () =>
      followEvents<StaffEventBase>({
        url: '/staff/events/stream',
        name: `staff.${staff_id}`,
        onEvent(event) {
          returnStoppedReply(event, staff_id);
          applyEvent(event);
        },
        onPresence: (presence) => applyPresence(presence as Presence), // the server's own JSON
        onGap: () => {
          void queryClient.invalidateQueries();
          void loadPresence().catch(() => {}); // it comes with the events, too
        },
      }),
    [staff_id],
  );
  return (
    <div className={styles.workplace} data-ticket={number !== undefined} data-ready>
      <a className={styles.skip} href="#conversation">
        {t`Skip to the conversation`}
      </a>
      <Sidebar />
      <WorkplaceKeys />
      <Outlet />
    </div>
  );
}
