import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { formatCount } from '#shared/format.ts';
import { closeDrawer } from './drawer.ts';
import styles from './Sidebar.module.css';

interface ListLinkProps {
  /** Its name in the address. */
  list: string;
  icon: ReactNode;
  name: string;
  count: number | undefined;
  isUrgent?: boolean;
  hint?: string | undefined;
}

/** A list of tickets with their number. */
export function ListLink({ list, icon, name, count, isUrgent = false, hint }: ListLinkProps) {
  return (
    <Link
      to="/$list"
      params={{ list }}
      className={styles.link}
      activeProps={{ 'aria-current': 'page' }}
      activeOptions={{ includeSearch: false }}
      draggable={false}
      title={hint}
      onClick={closeDrawer}
    >
      <span className={styles.icon}>{icon}</span>
      <span className={styles.name}>{name}</span>
      {count !== undefined && (
        <em className={isUrgent && count > 0 ? styles.urgent : ''}>{formatCount(count)}</em>
      )}
    </Link>
  );
}
