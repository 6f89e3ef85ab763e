import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { ChevronDown } from 'lucide-react';
import { memo } from 'react';
import { Button, IconButton } from '#shared/ui/Button.tsx';
import { nameOf } from '../keys/names.ts';
import { Menu, MenuItem } from '../ui/Menu.tsx';
import styles from './SendButton.module.css';
import { useWay, type Way } from './ways.ts';

interface SendButtonProps {
  isNote: boolean;
  disabled: boolean;
  onSend(way: Way): void;
}

/** Sends the way that the member prefers in the settings; the menu has the others. A note is only added. */
export const SendButton = memo(({ isNote, disabled, onSend }: SendButtonProps) => {
  const preferred = useWay();
  const ways: { way: Way; name: string; key: string }[] = [
    { way: 'wait', name: t`Send and wait for the client`, key: '' },
    { way: 'resolve', name: t`Send and resolve`, key: nameOf('Mod+Shift+Enter') },
    { way: 'next', name: t`Send and open the next`, key: nameOf('Mod+Alt+Enter') },
  ];
  const key = <kbd className={styles.key}>{nameOf('Mod+Enter')}</kbd>;
  if (isNote)
    return (
      <Button type="submit" look="note" disabled={disabled}>
        <Trans>Add note</Trans> {key}
      </Button>
    );
  return (
    <span className={styles.split}>
      <Button type="submit" look="primary" className={styles.main ?? ''} disabled={disabled}>
        {preferred === 'wait' && <Trans>Send reply</Trans>}
        {preferred === 'resolve' && <Trans>Send and resolve</Trans>}
        {preferred === 'next' && <Trans>Send and open the next</Trans>} {key}
      </Button>
      <Menu
        align="end"
        trigger={
          <IconButton
            look="primary"
            className={styles.more ?? ''}
            disabled={disabled}
            label={t`Other ways to send`}
            icon={<ChevronDown size={16} aria-hidden />}
          />
        }
      >
        {ways.map(({ way, name, key }) => (
          <MenuItem
            key={way}
            isChosen={way === preferred}
            hotkey={way === preferred ? nameOf('Mod+Enter') : key}
            onChoose={() => onSend(way)}
          >
            {name}
          </MenuItem>
        ))}
      </Menu>
    </span>
  );
});
