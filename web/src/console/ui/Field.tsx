import { type InputHTMLAttributes, type ReactNode, type Ref, useId } from 'react';
import styles from './Field.module.css';

interface FieldProps extends InputHTMLAttributes<HTMLInputElement> {
  label: ReactNode;
  /** What is expected, below the field. */
  hint?: ReactNode;
  error?: ReactNode;
  ref?: Ref<HTMLInputElement>;
}

/** A line of text with its label. */
export function Field({ label, hint, error, ...input }: FieldProps) {
  const id = useId();
  return (
    <label className={styles.field}>
      <span>{label}</span>
      <input
        {...input}
        aria-invalid={error ? true : undefined}
        aria-describedby={hint || error ? id : undefined}
      />
      {(hint || error) && (
        <small id={id} className={error ? styles.error : ''}>
          {error || hint}
        </small>
      )}
    </label>
  );
}

/** What has failed in a form as a whole. */
export const FormError = ({ children }: { children: ReactNode }) => (
  <p className={styles.formError} role="alert">
    {children}
  </p>
);
