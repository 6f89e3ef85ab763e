import { Trans } from '@lingui/react/macro';
import { Search } from 'lucide-react';
import { useKeyName } from '../keys/names.ts';
import { openPalette } from '../palette/open.ts';
import { closeDrawer } from './drawer.ts';
import styles from './Sidebar.module.css';

export function SearchButton() {
  const key = useKeyName('palette');
  return (
    <button
      type="button"
      className={styles.search}
      onClick={() => {
        closeDrawer();
        openPalette();
      }}
    >
      <Search size={15} aria-hidden />
      <span>
        <Trans>Search</Trans>
      </span>
      {key && <kbd>{key}</kbd>}
    </button>
  );
}
