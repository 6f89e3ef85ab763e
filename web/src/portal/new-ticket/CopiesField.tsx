import { t } from '@lingui/core/macro';
import { X } from 'lucide-react';
import { type KeyboardEvent, useRef } from 'react';
import { IconButton } from '#shared/ui/Button.tsx';
import styles from './CopiesField.module.css';
import { Field } from './Field.tsx';
import type { NewTicketForm } from './useNewTicket.ts';

/** Addresses that get copies, as chips. Enter, a comma or leaving the field makes a chip of what was typed. */
export function CopiesField({ form }: { form: NewTicketForm }) {
  const { copies, copy, errors } = form;
  const field = useRef<HTMLInputElement>(null);

  function onKeyDown(event: KeyboardEvent<HTMLInputElement>) {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter' || event.key === ',' || event.key === ';') {
      if (event.key === 'Enter' && copy.trim() === '') return; // sends the form, as everywhere
      event.preventDefault();
      form.addCopies(copy);
    } else if (event.key === 'Backspace' && copy === '') {
      form.setCopies(copies.slice(0, -1));
    }
  }

  return (
    <Field
      name="client_emails"
      label={t`Copies to`}
      error={errors.client_emails}
      hint={t`E-mail addresses of colleagues who should get the replies, too`}
    >
      {(described) => (
        <>
          {copies.length > 0 && (
            <ul className={styles.chips} aria-label={t`Copies to`}>
              {copies.map((email) => (
                <li key={email}>
                  <span>{email}</span>
                  <IconButton
                    label={t`Remove ${email}`}
                    icon={<X size={14} aria-hidden />}
                    onClick={() => {
                      form.setCopies(copies.filter((other) => other !== email));
                      field.current?.focus();
                    }}
                  />
                </li>
              ))}
            </ul>
          )}
          <input
            {...described}
            ref={field}
            type="text"
            inputMode="email"
            autoComplete="off"
            autoCapitalize="off"
            spellCheck={false}
            value={copy}
            onChange={(event) => form.setCopy(event.currentTarget.value)}
            onKeyDown={onKeyDown}
            onBlur={() => form.addCopies(copy)}
            onPaste={(event) => {
              const text = event.clipboardData.getData('text/plain');
              if (!/[\s,;]/.test(text.trim())) return;
              event.preventDefault();
              form.addCopies(`${copy} ${text}`);
            }}
            placeholder="name@example.com"
          />
        </>
      )}
    </Field>
  );
}
