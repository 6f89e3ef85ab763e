import { plural, t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { ApiError } from '#api/errors.ts';
import { Markdown } from '#shared/Markdown.tsx';
import { discard, editAgain, type OutboxItem, sendAgain } from '#shared/outbox.ts';
import { Button } from '#shared/ui/Button.tsx';
import { useOnline } from '#shared/useOnline.ts';
import { useSecondsUntil } from '#shared/useSecondsUntil.ts';
import { draftName } from '../drafts.ts';
import { useMe } from '../me.ts';
import { wordsOf } from '../refusals.ts';
import { sayDone } from '../ui/toasts.ts';
import { FileList } from './FileList.tsx';
import { MessageFrame } from './Message.tsx';
import styles from './PendingMessage.module.css';

/** A reply on its way to the server, or one that it has refused. */
export function PendingMessage({ item }: { item: OutboxItem }) {
  const { name } = useMe();
  const isOnline = useOnline();
  const seconds = useSecondsUntil(item.retry_at);
  const isRefused = item.state === 'refused';
  return (
    <MessageFrame
      name={name}
      side={item.kind === 'note' ? 'note' : 'staff'}
      label={name}
      className={isRefused ? undefined : styles.sending}
      facts={!isRefused && <span className={styles.state}>{stateInWords(item, isOnline, seconds)}</span>}
    >
      <Markdown text={item.body} />
      <FileList files={item.files} />
      {isRefused && <Refusal item={item} />}
    </MessageFrame>
  );
}

function stateInWords({ state }: OutboxItem, isOnline: boolean, seconds: number): string {
  if (!isOnline) return t`will be sent when you are back online`;
  if (state === 'uploading') return t`uploading files…`;
  return seconds > 0
    ? plural(seconds, { one: 'will be sent in # second', other: 'will be sent in # seconds' })
    : t`sending…`;
}

function Refusal({ item }: { item: OutboxItem }) {
  const { id, ticket_number, kind, problem } = item;
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
      <Button size="small" onClick={() => editAgain(item, draftName(ticket_number, kind === 'note'))}>
        <Trans>Edit</Trans>
      </Button>
      <Button size="small" onClick={() => sendAgain(id)}>
        {problem ? <Trans>Try again</Trans> : <Trans>Send without it</Trans>}
      </Button>
      <Button size="small" look="ghost" onClick={() => discardWithUndo(item)}>
        <Trans>Discard</Trans>
      </Button>
    </div>
  );
}

function discardWithUndo(item: OutboxItem) {
  discard(item.id);
  const run = () => editAgain(item, draftName(item.ticket_number, item.kind === 'note'));
  sayDone(t`The message is discarded`, { label: t`Undo`, run });
}
