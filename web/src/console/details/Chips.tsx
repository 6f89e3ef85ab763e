import { t } from '@lingui/core/macro';
import { Plus, X } from 'lucide-react';
import { type FormEvent, useId, useState } from 'react';
import styles from './Details.module.css';

interface ChipsProps {
  name: string;
  addLabel: string;
  values: string[];
  suggested?: string[];
  type?: 'text' | 'email';
  max?: number;
  onAdd(value: string): void;
  onRemove(value: string): void;
}

/** Values of which each can be removed, and a field to add one. */
export function Chips({
  name,
  addLabel,
  values,
  suggested = [],
  type = 'text',
  max = 20,
  onAdd,
  onRemove,
}: ChipsProps) {
  const [text, setText] = useState<string | null>(null);
  const list = useId();
  function submit(event: FormEvent) {
    event.preventDefault();
    const value = text?.trim() ?? '';
    setText(null);
    if (value && !values.includes(value)) onAdd(value);
  }
  return (
    <fieldset className={styles.chips} aria-label={name}>
      <span>{name}</span>
      <div>
        <ul>
          {values.map((value) => (
            <li key={value}>
              <span>{inParts(value)}</span>
              <button type="button" aria-label={t`Remove ${value}`} onClick={() => onRemove(value)}>
                <X size={12} aria-hidden />
              </button>
            </li>
          ))}
        </ul>
        {text !== null && (
          <form onSubmit={submit}>
            <input
              type={type}
              aria-label={addLabel}
              value={text}
              maxLength={type === 'email' ? 254 : 50}
              list={list}
              // biome-ignore lint/a11y/noAutofocus: the button that had the focus has become this field
              autoFocus
              onChange={(event) => setText(event.currentTarget.value)}
              onBlur={() => text.trim() === '' && setText(null)}
              onKeyDown={(event) => {
                if (event.key !== 'Escape') return;
                event.preventDefault(); // Esc is a key of the list, too
                setText(null);
              }}
            />
            <datalist id={list}>
              {suggested.map((value) => (
                <option key={value} value={value} />
              ))}
            </datalist>
          </form>
        )}
        {text === null && values.length < max && (
          <button type="button" className={styles.add} aria-label={addLabel} onClick={() => setText('')}>
            <Plus size={14} aria-hidden />
          </button>
        )}
      </div>
    </fieldset>
  );
}

/** A long address breaks before its host. */
function inParts(value: string) {
  const host = value.indexOf('@');
  if (host < 0) return value;
  return (
    <>
      {value.slice(0, host)}
      <wbr />
      {value.slice(host)}
    </>
  );
}
