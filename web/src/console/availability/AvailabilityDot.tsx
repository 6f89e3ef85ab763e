import styles from './AvailabilityDot.module.css';
import type { Availability } from './availability.ts';

/** A form and a colour. Its word stands beside it, seen or read aloud. */
export const AvailabilityDot = ({ availability }: { availability: Availability }) => (
  <span className={`${styles.dot} ${styles[availability]}`} data-availability={availability} aria-hidden />
);
