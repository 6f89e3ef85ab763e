import { Trans } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { countQueueOptions } from '#api/generated/@tanstack/react-query.gen.ts';
import type { View } from '#api/generated/types.gen.ts';
import { focusWhenThere } from '../keys/focus.ts';
import { useMe } from '../me.ts';
import type { Filter } from '../queues.ts';
import { saveFilter } from '../sidebar/views.ts';
import { EDIT_VIEW } from './EditViewButton.tsx';
import { FilterChips } from './FilterChips.tsx';
import { ticketsIn } from './ListHeader.tsx';
import type { Sort } from './list-search.ts';
import { Misread } from './Misread.tsx';
import { SaveViewDialog } from './SaveViewDialog.tsx';
import styles from './SearchHeader.module.css';
import { SearchLine } from './SearchLine.tsx';
import { useListSearch } from './useListSearch.ts';
import { editedFilter, isEdited } from './view-filter.ts';

/** In place of the header of a view while its filter is changed: the list shows what it would have. */
export function EditViewHeader({ view }: { view: View }) {
  const isAdmin = useMe().role === 'admin';
  const { search } = useListSearch();
  const navigate = useNavigate();
  const [isSaving, setSaving] = useState(false);
  const filter = editedFilter(view, search);
  const sort = search.sort ?? (view.sort as Sort); // the orders of views are those of lists
  const count = useQuery(countQueueOptions({ query: filter as Filter })).data?.count;
  const isChanged = isEdited(view, search);

  function leave() {
    void navigate({ to: '.', search: {} });
    focusWhenThere(`[${EDIT_VIEW}]`);
  }
  return (
    <header className={styles.header}>
      <p className={styles.title}>
        <Trans>Filter of “{view.name}”</Trans>
      </p>
      <SearchLine sort={view.sort as Sort} />
      <Misread words={search.q ?? ''} />
      <FilterChips />
      <p className={styles.foot}>
        <span className="numbers" role="status">
          {count !== undefined && ticketsIn(count)}
        </span>
        {isChanged && (!view.is_shared || isAdmin) && (
          <button
            type="button"
            onClick={async () => {
              if (await saveFilter(view, { filter, sort })) leave();
            }}
          >
            <Trans>Save changes</Trans>
          </button>
        )}
        {isChanged && (
          <button type="button" onClick={() => setSaving(true)}>
            <Trans>Save as new…</Trans>
          </button>
        )}
        <button type="button" onClick={leave}>
          <Trans>Cancel</Trans>
        </button>
      </p>
      {isSaving && (
        <SaveViewDialog name={view.name} filter={filter} sort={sort} onClose={() => setSaving(false)} />
      )}
    </header>
  );
}
