import styles from './Skeleton.module.css';

/** Three messages that are still loaded; seen only when it takes longer than a moment. */
export const Skeleton = () => (
  <div className={styles.skeleton} aria-hidden>
    <i />
    <i />
    <i />
  </div>
);
