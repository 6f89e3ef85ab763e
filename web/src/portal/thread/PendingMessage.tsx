import { plural, t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { ApiError } from '#api/errors.ts';
import { Markdown } from '#shared/Markdown.tsx';
import { discard, editAgain, type OutboxItem, sendAgain } from '#shared/outbox.ts';
import { wordsOf } from '#shared/refusals/words.ts';
import { Button } from '#shared/ui/Button.tsx';
import { useOnline } from '#shared/useOnline.ts';
import { useSecondsUntil } from '#shared/useSecondsUntil.ts';
import { FileList } from '../files/FileList.tsx';
import { draftNameOf } from '../sending.ts';
import message from './Message.module.css';
import styles from './PendingMessage.module.css';

/** A message on its way, or one that the server has refused. */
export function PendingMessage({ item }: { item: OutboxItem }) {
  const isRefused = item.state === 'refused';
  return (
    <li className={`${message.own} ${isRefused ? '' : styles.sending}`}>
      <article aria-label={t`You`}>
        <header>
          <b>{t`You`}</b>
          {!isRefused && <State item={item} />}
        </header>
        <Markdown text={item.body} />
        <FileList files={item.files} />
        {isRefused && <Refusal item={item} />}
      </article>
    </li>
  );
}

function State({ item }: { item: OutboxItem }) {
  const isOnline = useOnline();
  const seconds = useSecondsUntil(item.retry_at);
  return <span className={styles.state}>{inWords()}</span>;

  function inWords() {
    if (!isOnline) return t`will be sent when you are back online`;
    if (item.state === 'uploading') return t`uploading files…`;
    return seconds > 0
      ? plural(seconds, { one: 'will be sent in # second', other: 'will be sent in # seconds' })
      : t`sending…`;
  }
}

function Refusal({ item }: { item: OutboxItem }) {
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
