import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { useState } from 'react';
import { Section } from '../ui/Section.tsx';
import { Switch } from '../ui/Switch.tsx';
import { isOn, isSupported, turnOff, turnOn } from './notifications.ts';

export function NotificationsSection() {
  const [isRefused, setRefused] = useState(isSupported && Notification.permission === 'denied');
  return (
    <Section>
      <Switch
        label={t`Notifications on this device`}
        hint={t`When a ticket is assigned to you, when you are mentioned, and when a client replies in your ticket. Not while you are looking at it, or are busy.`}
        checked={isOn.use()}
        disabled={!isSupported}
        onChange={(wanted) => {
          if (wanted) void turnOn().then((isGranted) => setRefused(!isGranted));
          else turnOff();
        }}
      />
      {!isSupported && (
        <p>
          <Trans>This browser has no notifications, or has them on secure (https) pages only.</Trans>
        </p>
      )}
      {isRefused && (
        <p role="status">
          <Trans>
            The browser blocks notifications of this page. Allow them in its settings for this site.
          </Trans>
        </p>
      )}
    </Section>
  );
}
