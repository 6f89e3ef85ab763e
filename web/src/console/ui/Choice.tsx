import { type ReactNode, useId } from 'react';
import styles from './Choice.module.css';

interface ChoiceProps<Value extends string> {
  label: ReactNode;
  name: string;
  value: Value;
  options: { value: Value; name: ReactNode; icon?: ReactNode; lang?: string }[];
  onChange(value: Value): void;
}

/** One of a few, side by side; where there is no room, more than two are a list. */
export function Choice<Value extends string>({ label, name, value, options, onChange }: ChoiceProps<Value>) {
  const id = useId();
  return (
    <div className={styles.choice} role="radiogroup" aria-labelledby={id}>
      <span id={id}>{label}</span>
      <div>
        {options.map((option) => (
          <label key={option.value} lang={option.lang}>
            <input
              type="radio"
              name={name}
              value={option.value}
              checked={option.value === value}
              onChange={() => onChange(option.value)}
            />
            {option.icon}
            {option.name}
          </label>
        ))}
      </div>
    </div>
  );
}
