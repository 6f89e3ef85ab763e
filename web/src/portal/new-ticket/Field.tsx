import { plural } from '@lingui/core/macro';
import { type ReactNode, useId } from 'react';
import type { FieldName } from './errors.ts';
import styles from './Field.module.css';

interface Described {
  id: string;
  'aria-invalid': boolean;
  'aria-describedby': string;
}

interface FieldProps {
  name: FieldName;
  label: string;
  error: string | undefined;
  hint?: ReactNode;
  /** Beside the label. */
  action?: ReactNode;
  /** How many letters are left, from the point where it matters. */
  counter?: { length: number; from: number; max: number };
  children(described: Described): ReactNode;
}

export function Field({ name, label, error, hint, action, counter, children }: FieldProps) {
  const id = useId();
  const isCounted = counter && counter.length >= counter.from;
  return (
    <div className={styles.field} data-field={name}>
      <div className={styles.head}>
        <label htmlFor={id}>{label}</label>
        {action}
      </div>
      {children({ id, 'aria-invalid': error !== undefined, 'aria-describedby': `${id}-about` })}
      <div id={`${id}-about`} className={styles.about}>
        {error && (
          <p className={styles.error} role="alert">
            {error}
          </p>
        )}
        {hint && <p>{hint}</p>}
        {isCounted && <p className={styles.counter}>{leftInWords(counter.max - counter.length)}</p>}
      </div>
    </div>
  );
}

const leftInWords = (left: number) =>
  left >= 0
    ? plural(left, { one: '# character left', other: '# characters left' })
    : plural(-left, { one: '# character too many', other: '# characters too many' });
