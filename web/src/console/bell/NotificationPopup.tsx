import { useLingui } from '@lingui/react/macro';
import type { RefObject } from 'react';
import { Popup } from '../ui/Popup.tsx';
import { NotificationList } from './NotificationList.tsx';

interface NotificationPopupProps {
  anchor: RefObject<HTMLElement | null>;
  onClose(isByKey: boolean): void;
}

/** A file of its own, with what only popups need. */
export default function NotificationPopup({ anchor, onClose }: NotificationPopupProps) {
  const { t } = useLingui();
  return (
    <Popup name={t`Notifications`} anchor={anchor} onClose={onClose}>
      <NotificationList onDone={() => onClose(true)} />
    </Popup>
  );
}
