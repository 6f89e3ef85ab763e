import { MessagesSquare } from 'lucide-react';
import styles from './Brand.module.css';

/** The name of the product. */
export const Brand = () => (
  <p className={styles.brand}>
    <MessagesSquare size={19} aria-hidden />
    <b>Paneldesk</b>
  </p>
);
