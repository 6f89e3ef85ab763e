import { t } from '@lingui/core/macro';
import { Menu } from 'lucide-react';
import { IconButton } from '#shared/ui/Button.tsx';
import styles from './DrawerButton.module.css';
import { openDrawer } from './drawer.ts';

/** Shows the sidebar where the window has no room for it. */
export function DrawerButton() {
  return (
    <IconButton
      className={styles.button}
      label={t`Lists of tickets`}
      icon={<Menu size={18} aria-hidden />}
      onClick={openDrawer}
    />
  );
}
