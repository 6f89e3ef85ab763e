/** A panel that slides in at the left where there is no room for it: modal, closed by Esc and by a click beside it. */
import { Dialog as Base } from '@base-ui/react/dialog';
import type { ReactNode } from 'react';
import dialog from './Dialog.module.css';
import styles from './Drawer.module.css';

interface DrawerProps {
  name: string;
  isOpen: boolean;
  onClose(): void;
  children: ReactNode;
}

export function Drawer({ name, isOpen, onClose, children }: DrawerProps) {
  return (
    <Base.Root open={isOpen} onOpenChange={(open) => !open && onClose()}>
      <Base.Portal>
        <Base.Backdrop className={dialog.backdrop} />
        <Base.Popup className={styles.drawer} aria-label={name}>
          {children}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
