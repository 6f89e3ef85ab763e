import { t } from '@lingui/core/macro';
import { useLingui } from '@lingui/react';
import { Trans } from '@lingui/react/macro';
import { useNavigate } from '@tanstack/react-router';
import { Keyboard, LogOut, Settings } from 'lucide-react';
import { AvailabilityDot } from '../availability/AvailabilityDot.tsx';
import { AvailabilityWord } from '../availability/AvailabilityWord.tsx';
import { availabilities, setAvailability } from '../availability/availability.ts';
import { MemberAvatar } from '../availability/MemberAvatar.tsx';
import { openHelp } from '../keys/help.ts';
import { useKeyName } from '../keys/names.ts';
import { useMe } from '../me.ts';
import { signOut } from '../signed-out.ts';
import { Menu, MenuChoice, MenuItem, MenuSeparator } from '../ui/Menu.tsx';
import { sayFailed } from '../ui/toasts.ts';
import { closeDrawer } from './drawer.ts';
import styles from './MemberMenu.module.css';

const choices = ['online', 'away', 'busy'] as const;

/** The member who is signed in, with what concerns only them. */
export function MemberMenu() {
  const { i18n } = useLingui();
  const me = useMe();
  const navigate = useNavigate();
  return (
    <Menu
      trigger={
        <button type="button" className={styles.member}>
          <MemberAvatar member={me} size={28} />
          <span className={styles.name}>
            <b>{me.name}</b>
            <AvailabilityWord availability={me.availability} />
          </span>
        </button>
      }
    >
      <MenuChoice
        name={t`Availability`}
        value={me.availability}
        choices={choices.map((value) => ({
          value,
          name: i18n._(availabilities[value]),
          icon: <AvailabilityDot availability={value} />,
        }))}
        onChoose={(value) => void setAvailability(value)}
      />
      <MenuSeparator />
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
