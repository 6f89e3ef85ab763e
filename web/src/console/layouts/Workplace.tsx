import { t } from '@lingui/core/macro';
import { Outlet, useParams } from '@tanstack/react-router';
import { useEffect } from 'react';
import { queryClient } from '#api/client.ts';
import type { StaffEventBase } from '#api/generated/types.gen.ts';
import { followEvents } from '#api/live.ts';
import { applyEvent } from '../cache.ts';
import { Sidebar } from '../sidebar/Sidebar.tsx';
import { useMe } from './SignedInOnly.tsx';
import styles from './Workplace.module.css';

/** Sidebar, list and conversation side by side; on a phone one of them at a time. */
export function Workplace() {
  const { staff_id } = useMe();
  const { number } = useParams({ strict: false });
  useEffect(
    () =>
      followEvents<StaffEventBase>({
        url: '/staff/events/stream',
        name: `staff.${staff_id}`,
        onEvent: applyEvent,
        onGap: () => void queryClient.invalidateQueries(),
      }),
    [staff_id],
  );
  return (
    <div className={styles.workplace} data-ticket={number !== undefined} data-ready>
      <a className={styles.skip} href="#conversation">
        {t`Skip to the conversation`}
      </a>
      <Sidebar />
      <Outlet />
    </div>
  );
}
