import { plural, t } from '@lingui/core/macro';
import type { ReactNode } from 'react';
import { formatCount } from '#shared/format.ts';
import { DrawerButton } from '../sidebar/DrawerButton.tsx';
import styles from './ListHeader.module.css';
import { ListTools } from './ListTools.tsx';
import type { Sort } from './list-search.ts';

interface ListHeaderProps {
  name: string;
  count: number | undefined;
  /** The order of the list when the address names none. */
  sort: Sort;
  /** Tools of this list alone. */
  children?: ReactNode;
}

export function ListHeader({ name, count, sort, children }: ListHeaderProps) {
  return (
    <header className={styles.header}>
      <DrawerButton />
      <p className={styles.name} aria-hidden>
        {name}
      </p>
      <span className={`numbers ${styles.count}`}>{count !== undefined && ticketsIn(count)}</span>
      {children}
      <ListTools sort={sort} />
    </header>
  );
}

/** “4 tickets”; “999+ tickets” for more than the server counts. */
export const ticketsIn = (count: number) =>
  count >= 1000 ? t`${formatCount(count)} tickets` : plural(count, { one: '# ticket', other: '# tickets' });
