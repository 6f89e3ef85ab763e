import { Trans } from '@lingui/react/macro';
import { Search } from 'lucide-react';
import { openPalette } from '../palette/open.ts';
import { closeDrawer } from './drawer.ts';
import styles from './Sidebar.module.css';

const isMac = /Mac|iP(hone|ad|od)/.test(navigator.platform);

export function SearchButton() {
  return (
    <button
      type="button"
      className={styles.search}
      aria-keyshortcuts={isMac ? 'Meta+K' : 'Control+K'}
      onClick={() => {
        closeDrawer();
        openPalette();
      }}
    >
      <Search size={15} aria-hidden />
      <span>
        <Trans>Search or jump to…</Trans>
      </span>
      <kbd>{isMac ? '⌘K' : 'Ctrl K'}</kbd>
    </button>
  );
}
