import type { ReactNode } from 'react';
import styles from './Section.module.css';

/** A part of the settings. */
export function Section({ title, children }: { title?: string; children: ReactNode }) {
  return (
    <section className={styles.section}>
      {title && <h3>{title}</h3>}
      {children}
    </section>
  );
}
