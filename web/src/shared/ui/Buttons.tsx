import type { ReactNode } from 'react';
import styles from './Button.module.css';

interface ButtonsProps {
  /** The one that does it last. */
  children: ReactNode;
  className?: string | undefined;
}

/** The buttons at the end of a dialog or a card: at its right, and on phones as wide as it is. */
export const Buttons = ({ children, className = '' }: ButtonsProps) => (
  <div className={`${styles.buttons} ${className}`}>{children}</div>
);
