import { Trans } from '@lingui/react/macro';
import { useState } from 'react';
import { FilterChips } from './FilterChips.tsx';
import { ticketsIn } from './ListHeader.tsx';
import { hasFilters, toFilter } from './list-search.ts';
import { Misread } from './Misread.tsx';
import { SaveViewDialog } from './SaveViewDialog.tsx';
import styles from './SearchHeader.module.css';
import { SearchLine } from './SearchLine.tsx';
import { useListSearch } from './useListSearch.ts';

/** The words and filters of a search, and what can be done with it. */
export function SearchHeader({ count }: { count: number | undefined }) {
  const { search, clear } = useListSearch();
  const [isSaving, setSaving] = useState(false);
  const { sort = '-updated', ...filter } = toFilter(search);
  return (
    <header className={styles.header}>
      <SearchLine sort="-updated" />
      <Misread words={search.q ?? ''} />
      <FilterChips />
      <p className={styles.foot}>
        <span className="numbers" role="status">
          {count !== undefined && ticketsIn(count)}
        </span>
        {hasFilters(search) && (
          <>
            <button type="button" onClick={() => setSaving(true)}>
              <Trans>Save as view</Trans>
            </button>
            <button type="button" onClick={clear}>
              <Trans>Clear</Trans>
            </button>
          </>
        )}
      </p>
      {isSaving && (
        <SaveViewDialog
          name={search.q ?? search.client ?? ''}
          filter={filter}
          sort={sort}
          onClose={() => setSaving(false)}
        />
      )}
    </header>
  );
}
