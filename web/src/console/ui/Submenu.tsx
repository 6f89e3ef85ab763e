import { Menu as Base } from '@base-ui/react/menu';
import { ChevronLeft, ChevronRight } from 'lucide-react';
import { type ReactNode, useRef, useState } from 'react';
import { useIsPhone } from '../useIsPhone.ts';
import styles from './Menu.module.css';

interface SubmenuProps {
  icon?: ReactNode;
  name: string;
  disabled?: boolean;
  children: ReactNode;
}

/**
 * A menu inside of a menu: → opens it, ← closes it. In a narrow window it stands in the place of the one around it,
 * with a way back.
 */
export function Submenu({ icon, name, disabled, children }: SubmenuProps) {
  const [isOpen, setOpen] = useState(false);
  const isPhone = useIsPhone();
  const trigger = useRef<HTMLDivElement>(null);
  const around = () => trigger.current?.closest('[role=menu]') ?? null;
  const place = isPhone
    ? ({
        anchor: around,
        side: 'bottom',
        align: 'start',
        sideOffset: ({ anchor }: { anchor: { height: number } }) => -anchor.height,
        collisionAvoidance: { side: 'shift', align: 'shift' },
      } as const)
    : { sideOffset: 2, alignOffset: -5 };
  return (
    <Base.SubmenuRoot open={isOpen} onOpenChange={setOpen}>
      <Base.SubmenuTrigger ref={trigger} className={styles.item} disabled={disabled} openOnHover={!isPhone}>
        {icon && <span className={styles.icon}>{icon}</span>}
        <span className={styles.name}>{name}</span>
        <ChevronRight size={15} aria-hidden />
      </Base.SubmenuTrigger>
      <Base.Portal>
        <Base.Positioner {...place} className={styles.positioner}>
          <Base.Popup className={`${styles.menu} ${isPhone ? styles.instead : ''}`}>
            {isPhone && (
              <Base.Item
                className={`${styles.item} ${styles.back}`}
                closeOnClick={false}
                onClick={() => setOpen(false)}
              >
                <span className={styles.icon}>
                  <ChevronLeft size={16} aria-hidden />
                </span>
                <span className={styles.name}>{name}</span>
              </Base.Item>
            )}
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.SubmenuRoot>
  );
}
