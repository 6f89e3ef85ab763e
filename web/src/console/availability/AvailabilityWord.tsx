import { useLingui } from '@lingui/react';
import styles from './AvailabilityWord.module.css';
import { type Availability, availabilities } from './availability.ts';

/** Beside the name of a member: read aloud always, seen when they are away or busy. */
export function AvailabilityWord({ availability }: { availability: Availability }) {
  const { i18n } = useLingui();
  return (
    <small className={availability === 'online' ? 'visually-hidden' : styles.word}>
      {i18n._(availabilities[availability])}
    </small>
  );
}
