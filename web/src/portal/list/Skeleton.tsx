import styles from './Skeleton.module.css';

const ROWS = Array.from({ length: 12 }, (_, row) => row);

/** Rows in grey; seen only when loading takes longer than 150 ms. */
export function Skeleton() {
  return (
    <div className={styles.rows} aria-hidden>
      {ROWS.map((row) => (
        <div key={row} className={styles.row}>
          <i className={styles.icon} />
          <span>
            <i />
            <i />
          </span>
        </div>
      ))}
    </div>
  );
}
