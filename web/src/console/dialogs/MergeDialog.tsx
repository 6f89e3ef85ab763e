import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useDeferredValue, useState } from 'react';
import { listQueueOptions } from '#api/generated/@tanstack/react-query.gen.ts';
import type { QueueTicket, StaffTicketWithComments } from '#api/generated/types.gen.ts';
import { Button } from '#shared/ui/Button.tsx';
import { merge } from '../actions/merge.ts';
import { wordsOf } from '../refusals.ts';
import { statusName } from '../status-name.ts';
import { Dialog } from '../ui/Dialog.tsx';
import form from '../ui/Form.module.css';
import styles from './Dialogs.module.css';

interface MergeDialogProps {
  ticket: StaffTicketWithComments;
  onClose(): void;
}

/** Finds the ticket of the same account into which this one goes, and says what will become of both. */
export default function MergeDialog({ ticket, onClose }: MergeDialogProps) {
  const [text, setText] = useState('');
  const [target, setTarget] = useState<QueueTicket | null>(null);
  const [error, setError] = useState('');
  const [isSending, setSending] = useState(false);
  const [key, setKey] = useState(() => crypto.randomUUID());
  const words = useDeferredValue(text.trim().replace(/^#/, ''));
  const found = useQuery({
    ...listQueueOptions({
      query: {
        account_id: String(ticket.account_id),
        is_closed: false,
        limit: 20,
        ...(words ? { q: words } : {}),
      },
    }),
    placeholderData: keepPreviousData,
    staleTime: 0,
  });
  const others = found.data?.items.filter(({ number }) => number !== ticket.number) ?? [];

  async function submit() {
    if (!target) return;
    setSending(true);
    try {
      await merge(ticket.number, target.number, key);
      onClose();
    } catch (failed) {
      setError(wordsOf(failed));
      setSending(false);
    }
  }
  function choose(other: QueueTicket) {
    setTarget(other);
    setError('');
    setKey(crypto.randomUUID());
  }

  return (
    <Dialog
      title={t`Merge #${ticket.number} into…`}
      width={560}
      isList
      onClose={onClose}
      note={
        (target || error) && (
          <>
            {target && (
              <p role="status">
                <Trans>
                  The messages of #{ticket.number} move to #{target.number}, where the conversation continues.
                  #{ticket.number} is closed.
                </Trans>
              </p>
            )}
            {error && <p role="alert">{error}</p>}
          </>
        )
      }
      footer={
        <>
          <Button onClick={onClose}>
            <Trans>Cancel</Trans>
          </Button>
          <Button look="primary" disabled={!target || isSending} onClick={() => void submit()}>
            <Trans>Merge</Trans>
          </Button>
        </>
      }
    >
      <div className={form.form}>
        <label>
          <Trans>Number or words; tickets of {ticket.account.name}</Trans>
          <input value={text} autoFocus onChange={(event) => setText(event.currentTarget.value)} />
        </label>
      </div>
      <fieldset className={styles.targets} aria-label={t`Tickets`} aria-busy={found.isFetching}>
        {others.map((other) => (
          <label key={other.number}>
            <input
              type="radio"
              name="target"
              checked={target?.number === other.number}
              onChange={() => choose(other)}
            />
            <span>
              <b>{other.summary}</b>
              <small>
                #{other.number} · {statusName(other.status_key, other.status)}
              </small>
            </span>
          </label>
        ))}
        {found.isSuccess && others.length === 0 && (
          <p className={styles.hint}>
            <Trans>No other open ticket of this account matches.</Trans>
          </p>
        )}
      </fieldset>
    </Dialog>
  );
}
