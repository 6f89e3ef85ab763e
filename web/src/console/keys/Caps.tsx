import styles from './Caps.module.css';
import { capsOf } from './names.ts';

/** A key as it looks on a keyboard. */
export function Caps({ keys }: { keys: string }) {
  return (
    <span className={styles.caps}>
      {capsOf(keys).map((caps, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they never move
        <span key={index}>
          {caps.map((cap) => (
            <kbd key={cap}>{cap}</kbd>
          ))}
        </span>
      ))}
    </span>
  );
}
