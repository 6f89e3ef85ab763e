/** A popup beside a button, which gets the focus back from its owner. */
import { Popover } from '@base-ui/react/popover';
import type { KeyboardEvent, ReactNode, RefObject } from 'react';
import menu from './Menu.module.css';
import styles from './Popup.module.css';

interface PopupProps {
  /** The button that opens and closes it. */
  anchor: RefObject<HTMLElement | null>;
  name: string;
  /** The focus should go back: it was closed by Esc, and not by a click elsewhere. */
  onClose(isByKey: boolean): void;
  children: ReactNode;
}

export function Popup({ anchor, name, onClose, children }: PopupProps) {
  return (
    <Popover.Root
      open
      onOpenChange={(_, { reason, event }) => {
        const isOnButton = event.target instanceof Node && anchor.current?.contains(event.target);
        if (!isOnButton) onClose(reason === 'escape-key');
      }}
    >
      <Popover.Portal>
        <Popover.Positioner
          anchor={anchor}
          side="top"
          align="start"
          sideOffset={6}
          className={menu.positioner}
        >
          <Popover.Popup
            className={styles.popup}
            aria-label={name}
            finalFocus={false}
            onKeyDown={(event) => event.key === 'Tab' && goRound(event)}
          >
            {children}
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}

/** Tab stays inside: the library knows no button to go on from, and would leave the focus where nobody sees it. */
function goRound(event: KeyboardEvent<HTMLElement>) {
  const controls = [...event.currentTarget.querySelectorAll<HTMLElement>('a[href], button:enabled')];
  const [first, last] = [controls[0], controls.at(-1)];
  const [from, to] = event.shiftKey ? [first, last] : [last, first];
  if (document.activeElement !== from) return;
  event.preventDefault();
  to?.focus();
}
