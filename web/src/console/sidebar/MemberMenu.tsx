import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { useNavigate } from '@tanstack/react-router';
import { ChevronsUpDown, Keyboard, LogOut, Settings } from 'lucide-react';
import { Avatar } from '#shared/ui/Avatar.tsx';
import { openHelp } from '../keys/help.ts';
import { useKeyName } from '../keys/names.ts';
import { useMe } from '../me.ts';
import { signOut } from '../signed-out.ts';
import { Menu, MenuItem, MenuSeparator } from '../ui/Menu.tsx';
import { sayFailed } from '../ui/toasts.ts';
import { closeDrawer } from './drawer.ts';
import styles from './MemberMenu.module.css';

/** The member who is signed in, with what concerns only them. */
export function MemberMenu() {
  const { name } = useMe();
  const navigate = useNavigate();
  return (
    <Menu
      trigger={
        <button type="button" className={styles.member}>
          <Avatar name={name} size={28} />
          <b>{name}</b>
          <ChevronsUpDown size={14} aria-hidden />
        </button>
      }
    >
      <MenuItem
        icon={<Settings size={15} aria-hidden />}
        hotkey={useKeyName('settings')}
        onChoose={() => {
          closeDrawer();
          void navigate({ to: '/settings/$section', params: { section: 'look' } });
        }}
      >
        <Trans>Settings</Trans>
      </MenuItem>
      <MenuItem icon={<Keyboard size={15} aria-hidden />} hotkey={useKeyName('help')} onChoose={openHelp}>
        <Trans>Keyboard shortcuts</Trans>
      </MenuItem>
      <MenuSeparator />
      <MenuItem
        icon={<LogOut size={15} aria-hidden />}
        onChoose={() => void signOut().catch(() => sayFailed(t`Could not sign out`))}
      >
        <Trans>Sign out</Trans>
      </MenuItem>
    </Menu>
  );
}
