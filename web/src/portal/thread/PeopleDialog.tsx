import { plural, t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { X } from 'lucide-react';
import { type FormEvent, type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import type { Ticket } from '#api/generated/types.gen.ts';
import { Button, IconButton } from '#shared/ui/Button.tsx';
import { Buttons } from '#shared/ui/Buttons.tsx';
import { change } from './actions.ts';
import dialogStyles from './Dialog.module.css';
import { Dialog } from './Dialog.tsx';
import styles from './PeopleDialog.module.css';
import { useWrite } from './useWrite.ts';

const MAX_NAME = 255;
const MAX_EMAILS = 10;
const EMAIL = /^[^\s@,;]+@[^\s@,;]+\.[^\s@,;]+$/; // a slip of the fingers; the server decides

interface PeopleDialogProps {
  ticket: Ticket;
  /** The field to begin with. */
  first: 'name' | 'emails';
  onClose(): void;
}

/** Who writes for the account in this ticket, and who gets copies. */
export function PeopleDialog({ ticket, first, onClose }: PeopleDialogProps) {
  const [name, setName] = useState(ticket.client_aliased_name ?? '');
  const [emails, setEmails] = useState(ticket.client_emails);
  const [typed, setTyped] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const { run, isBusy, error, wait } = useWrite();
  const nameInput = useRef<HTMLInputElement>(null);
  const emailInput = useRef<HTMLInputElement>(null);
  const id = useId();

  useEffect(() => (first === 'name' ? nameInput : emailInput).current?.focus(), [first]);

  /** What was typed as chips; null when it is wrong. */
  function take(): string[] | null {
    const added = typed.split(/[\s,;]+/).filter(Boolean);
    const wrong = added.find((email) => !EMAIL.test(email));
    const all = [...new Set([...emails, ...added])];
    if (wrong) setProblem(t`${wrong} is not an e-mail address`);
    else if (all.length > MAX_EMAILS)
      setProblem(plural(MAX_EMAILS, { one: 'At most # address', other: 'At most # addresses' }));
    else {
      setProblem(null);
      setEmails(all);
      setTyped('');
      return all;
    }
    emailInput.current?.focus();
    return null;
  }

  function onKeyDown(event: KeyboardEvent<HTMLInputElement>) {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Backspace' && typed === '') setEmails(emails.slice(0, -1));
    if (!['Enter', ',', ';', ' '].includes(event.key) || typed.trim() === '') return;
    event.preventDefault();
    take();
  }

  async function submit(event: FormEvent) {
    event.preventDefault();
    const client_emails = take();
    if (!client_emails) return;
    const client_aliased_name = name.trim() || null;
    if (await run(() => change(ticket.number, { client_aliased_name, client_emails }))) onClose();
  }

  return (
    <Dialog title={t`People of this ticket`} onClose={onClose}>
      <form className={styles.form} onSubmit={submit}>
        <label htmlFor={`${id}-name`}>
          <Trans>Who is speaking</Trans>
        </label>
        <input
          ref={nameInput}
          id={`${id}-name`}
          value={name}
          maxLength={MAX_NAME}
          autoComplete="name"
          onChange={(event) => setName(event.currentTarget.value)}
          aria-describedby={`${id}-name-hint`}
        />
        <small id={`${id}-name-hint`}>
          <Trans>Support sees this name on your next messages. Leave it empty to use your own.</Trans>
        </small>

        <label htmlFor={`${id}-emails`}>
          <Trans>Copies to</Trans>
        </label>
        <div className={styles.chips}>
          {emails.map((email) => (
            <span key={email} className={styles.chip}>
              {email}
              <IconButton
                label={t`Remove ${email}`}
                icon={<X size={14} aria-hidden />}
                onClick={() => setEmails(emails.filter((other) => other !== email))}
              />
            </span>
          ))}
          <input
            ref={emailInput}
            id={`${id}-emails`}
            type="text"
            inputMode="email"
            autoComplete="email"
            autoCapitalize="off"
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
            onKeyDown={onKeyDown}
            onBlur={() => typed.trim() && take()}
            placeholder={emails.length === 0 ? 'name@example.com' : ''}
            aria-invalid={problem !== null}
            aria-describedby={`${id}-emails-hint`}
          />
        </div>
        <small id={`${id}-emails-hint`} className={problem ? styles.problem : ''} aria-live="polite">
          {problem ?? plural(MAX_EMAILS, { one: 'Up to # address', other: 'Up to # addresses' })}
        </small>
        {error && (
          <p className={dialogStyles.error} role="alert">
            {error}
          </p>
        )}
        <Buttons className={dialogStyles.buttons}>
          <Button size="large" onClick={onClose}>
            <Trans>Cancel</Trans>
          </Button>
          <Button type="submit" size="large" look="primary" disabled={isBusy || wait > 0}>
            <Trans>Save</Trans>
          </Button>
        </Buttons>
      </form>
    </Dialog>
  );
}
