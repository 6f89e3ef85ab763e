import styles from './Summary.module.css';

const MAX_WHOLE = 40;
const isServer = (word: string) => word.length <= MAX_WHOLE && /[^-]-[^-]/.test(word) && /[\d.]/.test(word);

/** The summary of a ticket. Names of servers stay whole where they fit into a line. */
export function Summary({ text }: { text: string }) {
  let place = 0;
  return text.split(/(\s+)/).map((word) => {
    place += word.length;
    return isServer(word) ? (
      <span key={place} className={styles.whole}>
        {word}
      </span>
    ) : (
      word
    );
  });
}
