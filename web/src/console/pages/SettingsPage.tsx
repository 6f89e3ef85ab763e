import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import {
  ArrowLeft,
  Bell,
  ChevronDown,
  Keyboard,
  MonitorSmartphone,
  Palette,
  Send,
  ShieldCheck,
} from 'lucide-react';
import { Button } from '#shared/ui/Button.tsx';
import { KeysSection } from '../keys/KeysSection.tsx';
import { NotificationsSection } from '../notify/NotificationsSection.tsx';
import { LookSection } from '../profile/LookSection.tsx';
import { PasswordSection } from '../profile/PasswordSection.tsx';
import { RepliesSection } from '../profile/RepliesSection.tsx';
import { SecondFactorSection } from '../profile/SecondFactorSection.tsx';
import { SessionsSection } from '../profile/SessionsSection.tsx';
import { Menu, MenuItem } from '../ui/Menu.tsx';
import styles from './SettingsPage.module.css';

const sectionsOf = () => [
  { key: 'look', name: t`Look and language`, icon: Palette, content: <LookSection /> },
  { key: 'replies', name: t`Replies`, icon: Send, content: <RepliesSection /> },
  { key: 'keys', name: t`Keyboard`, icon: Keyboard, content: <KeysSection /> },
  { key: 'notifications', name: t`Notifications`, icon: Bell, content: <NotificationsSection /> },
  {
    key: 'signing-in',
    name: t`Signing in`,
    icon: ShieldCheck,
    content: (
      <>
        <PasswordSection />
        <SecondFactorSection />
      </>
    ),
  },
  { key: 'sessions', name: t`Sessions`, icon: MonitorSmartphone, content: <SessionsSection /> },
];

/** The member's own settings. Where the links to its sections have no room, they are a menu. */
export function SettingsPage() {
  const { section } = useParams({ from: '/settings/$section' });
  const navigate = useNavigate();
  const sections = sectionsOf();
  const shown = sections.find(({ key }) => key === section) ?? sections[0];
  return (
    <div id="conversation" className={styles.page} tabIndex={-1}>
      <nav className={styles.nav} aria-label={t`Settings`}>
        <p className={styles.title}>
          <Link to="/" aria-label={t`Back to the list`}>
            <ArrowLeft size={18} aria-hidden />
          </Link>
          <Trans>Settings</Trans>
        </p>
        <Menu
          align="end"
          trigger={
            <Button className={styles.sections ?? ''}>
              <span>{shown?.name}</span>
              <ChevronDown size={15} aria-hidden />
            </Button>
          }
        >
          {sections.map(({ key, name, icon: Icon }) => (
            <MenuItem
              key={key}
              icon={<Icon size={16} aria-hidden />}
              isChosen={key === shown?.key}
              onChoose={() => void navigate({ to: '/settings/$section', params: { section: key } })}
            >
              {name}
            </MenuItem>
          ))}
        </Menu>
        {sections.map(({ key, name, icon: Icon }) => (
          <Link
            key={key}
            to="/settings/$section"
            params={{ section: key }}
            aria-current={key === shown?.key ? 'page' : undefined}
          >
            <Icon size={16} aria-hidden />
            {name}
          </Link>
        ))}
      </nav>
      <div className={styles.content}>
        <h2>{shown?.name}</h2>
        {shown?.content}
      </div>
    </div>
  );
}
