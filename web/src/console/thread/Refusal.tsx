import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { ApiError } from '#api/errors.ts';
import { discard, editAgain, type OutboxItem, sendAgain } from '#shared/outbox.ts';
import { Button } from '#shared/ui/Button.tsx';
import { draftName } from '../drafts.ts';
import { wordsOf } from '../refusals.ts';
import { sayDone } from '../ui/toasts.ts';
import styles from './Message.module.css';

/** Why the server has not taken a message, and what its author can do with it. */
export function Refusal({ item }: { item: OutboxItem }) {
  const { id, ticket_number, kind, problem } = item;
  return (
    <div className={styles.refused} role="alert">
      <p>
        {problem ? (
          <>
            <Trans>It was not sent.</Trans> {wordsOf(new ApiError(problem.status, problem))}
          </>
        ) : (
          <Trans>It was not sent, as a file of it was not uploaded.</Trans>
        )}
      </p>
      <span>
        <Button size="small" onClick={() => editAgain(item, draftName(ticket_number, kind === 'note'))}>
          <Trans>Edit</Trans>
        </Button>
        <Button size="small" onClick={() => sendAgain(id)}>
          {problem ? <Trans>Try again</Trans> : <Trans>Send without it</Trans>}
        </Button>
        <Button size="small" look="ghost" onClick={() => discardWithUndo(item)}>
          <Trans>Discard</Trans>
        </Button>
      </span>
    </div>
  );
}

function discardWithUndo(item: OutboxItem) {
  discard(item.id);
  const run = () => editAgain(item, draftName(item.ticket_number, item.kind === 'note'));
  sayDone(t`The message is discarded`, { label: t`Undo`, run });
}
