import { Trans } from '@lingui/react/macro';
import { Button } from '#shared/ui/Button.tsx';
import styles from './EmptyList.module.css';
import { hasFilters } from './list-search.ts';
import { useListSearch } from './useListSearch.ts';

/** A search without results: what was looked for, and how to look further. */
export function NothingFound() {
  const { search, change } = useListSearch();
  const { q, is_closed, ...others } = search;
  return (
    <div className={styles.empty}>
      <p>{q ? <Trans>Nothing found for “{q}”.</Trans> : <Trans>Nothing found.</Trans>}</p>
      {is_closed === false && (
        <Button onClick={() => change({ is_closed: undefined })}>
          <Trans>Search closed tickets too</Trans>
        </Button>
      )}
      {q && hasFilters(others) && (
        <Button onClick={() => change({ ...cleared(search), q })}>
          <Trans>Search without filters</Trans>
        </Button>
      )}
    </div>
  );
}

const cleared = (search: object) => Object.fromEntries(Object.keys(search).map((name) => [name, undefined]));
