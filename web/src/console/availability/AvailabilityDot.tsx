import styles from './AvailabilityDot.module.css';
import type { Availability } from './availability.ts';

interface AvailabilityDotProps {
  availability: Availability;
  /** Without a connection it may be another one by now. */
  isUnknown?: boolean;
}

/** A form and a colour. Its word stands beside it, seen or read aloud. */
export const AvailabilityDot = ({ availability, isUnknown = false }: AvailabilityDotProps) => (
  <span
    className={`${styles.dot} ${styles[availability]} ${isUnknown ? styles.unknown : ''}`}
    data-availability={availability}
    aria-hidden
  />
);
