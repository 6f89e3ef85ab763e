import styles from './Skeleton.module.css';

/** Stands where rows will be. It appears after 150 ms: a quick answer needs none. */
export function Skeleton() {
  return (
    <div className={styles.skeleton} aria-hidden>
      {Array.from({ length: 12 }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they never move
        <i key={index} />
      ))}
    </div>
  );
}
