import { t } from '@lingui/core/macro';
import { Menu } from 'lucide-react';
import { IconButton } from '#shared/ui/Button.tsx';
import { countOf, useNotifications } from '../bell/unread.ts';
import styles from './DrawerButton.module.css';
import { openDrawer } from './drawer.ts';

/** Shows the sidebar where the window has no room for it; a dot stands for the notifications that are in it. */
export function DrawerButton() {
  const { count = 0 } = useNotifications() ?? {};
  const shown = countOf(count);
  return (
    <IconButton
      className={`${styles.button} ${count > 0 ? styles.notified : ''}`}
      label={count > 0 ? t`Lists of tickets. Notifications: ${shown} unread` : t`Lists of tickets`}
      icon={<Menu size={18} aria-hidden />}
      onClick={openDrawer}
    />
  );
}
