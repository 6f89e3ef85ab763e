import type { ButtonHTMLAttributes, ReactNode } from 'react';
import styles from './Button.module.css';

export interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  look?: 'plain' | 'primary' | 'ghost' | 'note' | 'danger';
  size?: 'small' | 'medium' | 'large';
  icon?: ReactNode;
  children?: ReactNode;
}

export function Button({
  look = 'plain',
  size = 'medium',
  icon,
  children,
  className = '',
  ...rest
}: ButtonProps) {
  const names = [styles.button, styles[look], styles[size], children ? '' : styles.square, className];
  return (
    <button type="button" className={names.filter(Boolean).join(' ')} {...rest}>
      {icon}
      {children}
    </button>
  );
}

/** A button with an icon alone; its name is read aloud and shown as a tooltip. */
export function IconButton({ label, ...rest }: Omit<ButtonProps, 'children'> & { label: string }) {
  return <Button look="ghost" aria-label={label} title={label} {...rest} />;
}
