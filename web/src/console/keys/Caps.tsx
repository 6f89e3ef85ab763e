import { Fragment } from 'react';
import styles from './Caps.module.css';
import { capsOf } from './names.ts';

/** A key as it looks on a keyboard. The spaces are for what reads it aloud. */
export function Caps({ keys }: { keys: string }) {
  return (
    <span className={styles.caps}>
      {capsOf(keys).map((caps, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they never move
        <Fragment key={index}>
          {index > 0 && ' '}
          <span>
            {caps.map((cap, place) => (
              <Fragment key={cap}>
                {place > 0 && ' '}
                <kbd>{cap}</kbd>
              </Fragment>
            ))}
          </span>
        </Fragment>
      ))}
    </span>
  );
}
