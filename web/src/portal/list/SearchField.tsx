import { t } from '@lingui/core/macro';
import { Search, X } from 'lucide-react';
import type { RefObject } from 'react';
import { IconButton } from '#shared/ui/Button.tsx';
import styles from './SearchField.module.css';
import { showInList, useListView } from './view.ts';

/** Searches in the segment that is shown. Esc and ✕ clear it. */
export function SearchField({ field }: { field: RefObject<HTMLInputElement | null> }) {
  const { typed } = useListView();
  const clear = () => showInList({ typed: '' });
  return (
    <div className={styles.search}>
      <Search size={16} aria-hidden />
      <input
        ref={field}
        type="search"
        enterKeyHint="search"
        autoComplete="off"
        value={typed}
        onChange={(event) => showInList({ typed: event.currentTarget.value })}
        onKeyDown={(event) => event.key === 'Escape' && (typed ? clear() : event.currentTarget.blur())}
        placeholder={t`Search your tickets`}
        aria-label={t`Search your tickets`}
      />
      {typed && (
        <IconButton
          label={t`Clear the search`}
          icon={<X size={16} aria-hidden />}
          onClick={() => {
            clear();
            field.current?.focus();
          }}
        />
      )}
    </div>
  );
}
