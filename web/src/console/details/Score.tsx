import { Star } from 'lucide-react';
import { formatNumber } from '#shared/format.ts';
import styles from './Details.module.css';

/** Out of ten, of a ticket or of all of an account. */
export const Score = ({ score }: { score: number }) => (
  <span className={styles.score}>
    <Star size={13} aria-hidden />
    <b>{formatNumber(score)}</b> / 10
  </span>
);
