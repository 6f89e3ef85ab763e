/** Actions at the pointer: by a right click, Shift+F10, the Menu key or a long touch. */
import { ContextMenu as Base } from '@base-ui/react/context-menu';
import type { ReactElement, ReactNode } from 'react';
import styles from './Menu.module.css';

interface ContextMenuProps {
  /** The element whose contents have the menu. */
  trigger: ReactElement<Record<string, unknown>>;
  onOpenChange?(open: boolean): void;
  /** Items of `Menu`. */
  children: ReactNode;
}

export function ContextMenu({ trigger, onOpenChange, children }: ContextMenuProps) {
  return (
    <Base.Root onOpenChange={onOpenChange}>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner className={styles.positioner}>
          <Base.Popup className={styles.menu}>{children}</Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
