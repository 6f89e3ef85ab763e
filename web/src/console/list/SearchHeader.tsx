import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { Search, X } from 'lucide-react';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { listAllTopicsOptions, listMembersOptions } from '#api/generated/@tanstack/react-query.gen.ts';
import { DrawerButton } from '../sidebar/DrawerButton.tsx';
import { FilterChips } from './FilterChips.tsx';
import { ticketsIn } from './ListHeader.tsx';
import { ListTools } from './ListTools.tsx';
import { hasFilters } from './list-search.ts';
import { SaveViewDialog } from './SaveViewDialog.tsx';
import styles from './SearchHeader.module.css';
import { readSearchText } from './search-text.ts';
import { useListSearch } from './useListSearch.ts';

/** The words and filters of a search, and what can be done with it. */
export function SearchHeader({ count }: { count: number | undefined }) {
  const { search, change, clear } = useListSearch();
  const [isSaving, setSaving] = useState(false);
  const { q = '' } = search;
  const [text, setText] = useState(q);
  const input = useRef<HTMLInputElement>(null);
  const topics = useQuery(listAllTopicsOptions()).data?.items ?? [];
  const members = useQuery(listMembersOptions()).data?.items ?? [];

  useEffect(() => setText(q), [q]);
  useEffect(() => {
    if (!input.current?.value) input.current?.focus({ preventScroll: true }); // a new search
  }, []);

  function submit(event: FormEvent) {
    event.preventDefault();
    const known = {
      topics: topics.map(({ key, name }) => ({ key, names: Object.values(name) })),
      members: members.map(({ staff_id, name }) => ({ id: staff_id, name })),
    };
    const read = readSearchText(text, known);
    setText(read.q ?? '');
    change({ ...read, q: read.q });
  }

  return (
    <header className={styles.header}>
      <search className={styles.line}>
        <DrawerButton />
        <form className={styles.box} onSubmit={submit}>
          <Search size={15} aria-hidden />
          <input
            ref={input}
            value={text}
            onChange={(event) => setText(event.target.value)}
            aria-label={t`Search in all tickets`}
            placeholder={t`Words, topic:…, assignee:me, before:…`}
            enterKeyHint="search"
            maxLength={1000}
          />
          {text !== '' && (
            <button
              type="button"
              aria-label={t`Clear the words`}
              onClick={() => {
                setText('');
                change({ q: undefined });
                input.current?.focus();
              }}
            >
              <X size={15} aria-hidden />
            </button>
          )}
        </form>
        <ListTools sort="-updated" />
      </search>
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
      {isSaving && <SaveViewDialog search={search} onClose={() => setSaving(false)} />}
    </header>
  );
}
