import { type KeyboardEvent, type ReactNode, useId, useRef, useState } from 'react';
import { IconButton } from '#shared/ui/Button.tsx';
import { usePlaceBelow } from '../usePlaceBelow.ts';
import styles from './Menu.module.css';

interface MenuProps {
  label: string;
  icon: ReactNode;
  children: ReactNode;
}

/** A button with a menu, on a native popover: it closes by Esc and by a click elsewhere, and gives focus back. */
export function Menu({ label, icon, children }: MenuProps) {
  const id = useId();
  const popover = useRef<HTMLDivElement>(null);
  const [isOpen, setOpen] = useState(false);
  const placeBelow = usePlaceBelow(popover);

  const items = () => Array.from(popover.current?.querySelectorAll<HTMLElement>('[role=menuitem]') ?? []);

  function onKeyDown(event: KeyboardEvent) {
    const all = items();
    const at = all.indexOf(event.target as HTMLElement); // the menu has only its items to focus
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key];
    if (event.key === 'Tab') popover.current?.hidePopover();
    if (to === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    all.at(to % all.length)?.focus();
  }
  return (
    <>
      <IconButton
        size="large"
        label={label}
        icon={icon}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        popoverTarget={id}
        onClick={({ currentTarget }) => placeBelow(currentTarget)}
      />
      <div
        ref={popover}
        id={id}
        popover="auto"
        role="menu"
        aria-label={label}
        tabIndex={-1}
        className={styles.menu}
        onKeyDown={onKeyDown}
        onToggle={({ newState }) => {
          setOpen(newState === 'open');
          if (newState === 'open') items()[0]?.focus();
        }}
      >
        {children}
      </div>
    </>
  );
}

interface MenuItemProps {
  icon: ReactNode;
  onClick(): void;
  children: ReactNode;
}

export function MenuItem({ icon, onClick, children }: MenuItemProps) {
  return (
    <button
      type="button"
      role="menuitem"
      tabIndex={-1}
      className={styles.item}
      onClick={({ currentTarget }) => {
        currentTarget.closest<HTMLElement>('[popover]')?.hidePopover(); // focus goes back first: a dialog returns it there
        onClick();
      }}
    >
      {icon}
      {children}
    </button>
  );
}
