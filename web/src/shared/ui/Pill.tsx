import type { ReactNode } from 'react';
import styles from './Pill.module.css';

export type Tone = 'plain' | 'accent' | 'ok' | 'warn' | 'bad';

/** A state in one or two words; its colour only underlines them. */
export function Pill({ tone = 'plain', children }: { tone?: Tone; children: ReactNode }) {
  return <span className={`${styles.pill} ${styles[tone]}`}>{children}</span>;
}
