import { Toast } from '@base-ui/react/toast';
import { t } from '@lingui/core/macro';
import { X } from 'lucide-react';
import { useBottomBarHeight } from './bottom-bar.ts';
import styles from './Toaster.module.css';
import { type ToastData, toasts } from './toasts.ts';

/** Draws the messages of toasts.ts, once for the page. */
export function Toaster() {
  const below = { '--below': `${useBottomBarHeight()}px` };
  return (
    <Toast.Provider toastManager={toasts} limit={3}>
      <Toast.Portal>
        {/* toasts.ts has them read aloud, failures at once: the library would hide a failure until it has the focus. */}
        <Toast.Viewport
          className={styles.viewport}
          style={below as React.CSSProperties} // whose type does not know custom properties
          aria-label={t`Notifications`}
          aria-live="off"
        >
          <ToastList />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  );
}

function ToastList() {
  return Toast.useToastManager<ToastData>().toasts.map((toast) => (
    <Toast.Root
      key={toast.id}
      toast={toast}
      className={`${styles.toast} ${toast.type === 'failed' ? styles.failed : ''}`}
    >
      <Toast.Title className={styles.title} />
      {toast.data?.seconds && (
        <span className={styles.left} style={{ animationDuration: `${toast.data.seconds}s` }} aria-hidden />
      )}
      {toast.actionProps && <Toast.Action className={styles.action} />}
      <Toast.Close className={styles.close} aria-label={t`Close`}>
        <X size={16} aria-hidden />
      </Toast.Close>
    </Toast.Root>
  ));
}
