import { t } from '@lingui/core/macro';
import { Search, X } from 'lucide-react';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { DrawerButton } from '../sidebar/DrawerButton.tsx';
import { useIsPhone } from '../useIsPhone.ts';
import { loadKnown } from './known.ts';
import { ListTools } from './ListTools.tsx';
import type { Sort } from './list-search.ts';
import styles from './SearchHeader.module.css';
import { readSearchText, typedChange } from './search-text.ts';
import { useListSearch } from './useListSearch.ts';

/** The words of a search, between which filters can be typed. `sort`: the order when the address names none. */
export function SearchLine({ sort }: { sort: Sort }) {
  const { search, change } = useListSearch();
  const { q = '', edit } = search;
  const [text, setText] = useState(q);
  const isPhone = useIsPhone();
  const input = useRef<HTMLInputElement>(null);

  useEffect(() => setText(q), [q]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only when a search begins, or the editing of a view
  useEffect(() => {
    if (edit || !input.current?.value) input.current?.focus({ preventScroll: true });
  }, []);

  async function submit(event: FormEvent) {
    event.preventDefault();
    const known = await loadKnown();
    const read = readSearchText(text, known);
    setText(read.q ?? '');
    change(typedChange(search, read));
  }

  return (
    <search className={styles.line}>
      <DrawerButton />
      <form className={styles.box} onSubmit={submit}>
        <Search size={15} aria-hidden />
        <input
          ref={input}
          value={text}
          onChange={(event) => setText(event.target.value)}
          aria-label={t`Search in all tickets`}
          placeholder={isPhone ? t`Words, topic:…` : t`Words, topic:…, assignee:me, client:…`}
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
      <ListTools sort={sort} />
    </search>
  );
}
