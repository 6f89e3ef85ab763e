import { useLingui } from '@lingui/react/macro';
import { Bell as Icon } from 'lucide-react';
import { lazy, Suspense, useRef, useState } from 'react';
import { importPart } from '#shared/import-part.ts';
import styles from './Bell.module.css';
import { countOf, useNotifications } from './unread.ts';

const NotificationPopup = lazy(() => importPart(() => import('./NotificationPopup.tsx')));

/** How many notifications the member has, and a popup with them. */
export function Bell() {
  const { t } = useLingui();
  const [isOpen, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const { count = 0 } = useNotifications() ?? {};
  const shown = countOf(count);

  function close(isByKey: boolean) {
    setOpen(false);
    if (isByKey) button.current?.focus();
  }
  return (
    <>
      <button
        ref={button}
        type="button"
        className={styles.bell}
        aria-label={count > 0 ? t`Notifications: ${shown} unread` : t`Notifications`}
        title={t`Notifications`}
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      >
        <Icon size={18} aria-hidden />
        {count > 0 && <em aria-hidden>{shown}</em>}
      </button>
      <Suspense>{isOpen && <NotificationPopup anchor={button} onClose={close} />}</Suspense>
    </>
  );
}
