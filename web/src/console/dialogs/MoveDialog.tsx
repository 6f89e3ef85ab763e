import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useDeferredValue, useState } from 'react';
import { listAccountsOptions } from '#api/generated/@tanstack/react-query.gen.ts';
import type { Account, StaffTicketWithComments } from '#api/generated/types.gen.ts';
import { Button } from '#shared/ui/Button.tsx';
import { move } from '../actions/move.ts';
import { wordsOf } from '../refusals.ts';
import { Dialog } from '../ui/Dialog.tsx';
import form from '../ui/Form.module.css';
import styles from './Dialogs.module.css';

interface MoveDialogProps {
  ticket: StaffTicketWithComments;
  onClose(): void;
}

/** Gives the ticket to the account to which it belongs. */
export default function MoveDialog({ ticket, onClose }: MoveDialogProps) {
  const [text, setText] = useState('');
  const [target, setTarget] = useState<Account | null>(null);
  const [error, setError] = useState('');
  const q = useDeferredValue(text.trim());
  const found = useQuery({
    ...listAccountsOptions({ query: { limit: 20, ...(q ? { q } : {}) } }),
    placeholderData: keepPreviousData,
    staleTime: 0,
  });
  const others = found.data?.items.filter(({ account_id }) => account_id !== ticket.account_id) ?? [];

  async function submit() {
    if (!target) return;
    try {
      await move(ticket, target, crypto.randomUUID());
      onClose();
    } catch (failed) {
      setError(wordsOf(failed));
    }
  }

  return (
    <Dialog
      title={t`Move #${ticket.number} to another account`}
      width={520}
      isList
      onClose={onClose}
      note={
        <>
          <p>
            <Trans>The people of {ticket.account.name} will no longer see this ticket.</Trans>
          </p>
          {error && <p role="alert">{error}</p>}
        </>
      }
      footer={
        <>
          <Button onClick={onClose}>
            <Trans>Cancel</Trans>
          </Button>
          <Button look="primary" disabled={!target} onClick={() => void submit()}>
            <Trans>Move</Trans>
          </Button>
        </>
      }
    >
      <div className={form.form}>
        <label>
          <Trans>Name, e-mail address or external id</Trans>
          <input value={text} autoFocus onChange={(event) => setText(event.currentTarget.value)} />
        </label>
      </div>
      <fieldset className={styles.targets} aria-label={t`Accounts`} aria-busy={found.isFetching}>
        {others.map((account) => (
          <label key={account.account_id}>
            <input
              type="radio"
              name="account"
              checked={target?.account_id === account.account_id}
              onChange={() => setTarget(account)}
            />
            <span>
              <b>{account.name}</b>
              <small>{account.email ?? account.external_id}</small>
            </span>
          </label>
        ))}
      </fieldset>
    </Dialog>
  );
}
