import { Trans } from '@lingui/react/macro';
import { ApiError } from '#api/errors.ts';
import { discard, editAgain, type OutboxItem, sendAgain } from '#shared/outbox.ts';
import { wordsOf } from '#shared/refusals/words.ts';
import { Button } from '#shared/ui/Button.tsx';
import { draftNameOf } from '../sending.ts';
import styles from './Message.module.css';

/** Why the server has not taken a message, and what can be done with it. */
export function Refusal({ item }: { item: OutboxItem }) {
  const { id, ticket_number, problem } = item;
  return (
    <div className={styles.refused} role="alert">
      <p>
        {problem ? (
          <>
            <Trans>It was not sent:</Trans> {wordsOf(new ApiError(problem.status, problem))}
          </>
        ) : (
          <Trans>It was not sent, as a file of it was not uploaded.</Trans>
        )}
      </p>
      <Button onClick={() => editAgain(item, draftNameOf(ticket_number))}>
        <Trans>Edit</Trans>
      </Button>
      <Button onClick={() => sendAgain(id)}>
        {problem ? <Trans>Try again</Trans> : <Trans>Send without it</Trans>}
      </Button>
      <Button look="ghost" onClick={() => discard(id)}>
        <Trans>Discard</Trans>
      </Button>
    </div>
  );
}
