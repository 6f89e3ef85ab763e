import { Trans } from '@lingui/react/macro';
import { Fragment } from 'react';
import styles from './Caps.module.css';
import { capsOf, isMac } from './names.ts';

/** A key as it looks on a keyboard: `Ctrl + K`, `G then 1`; on a Mac `⌘ K`. The spaces are for what reads it aloud. */
export function Caps({ keys }: { keys: string }) {
  return (
    <span className={styles.caps}>
      {capsOf(keys).map((caps, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they never move
        <Fragment key={index}>
          {index > 0 && (
            <small>
              {' '}
              <Trans comment="between two keys that are pressed one after the other">then</Trans>{' '}
            </small>
          )}
          <span>
            {caps.map((cap, place) => (
              <Fragment key={cap}>
                {place > 0 && (isMac ? ' ' : <small> + </small>)}
                <kbd>{cap}</kbd>
              </Fragment>
            ))}
          </span>
        </Fragment>
      ))}
    </span>
  );
}
