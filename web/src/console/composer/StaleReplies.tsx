import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Markdown } from '#shared/Markdown.tsx';
import { editAgain, type OutboxItem, sendAgain, useOutbox } from '#shared/outbox.ts';
import { Button } from '#shared/ui/Button.tsx';
import { draftName } from '../drafts.ts';
import { isStale, newerComments } from '../stale.ts';
import { Message } from '../thread/Message.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import styles from './StaleReplies.module.css';

interface StaleRepliesProps {
  number: number;
  onReview(): void;
}

/** A reply that was stopped, as somebody has written meanwhile: its author decides with both texts in view. */
export function StaleReplies({ number, onReview }: StaleRepliesProps) {
  const item = useOutbox().find(
    ({ ticket_number, state, problem }) =>
      ticket_number === number && state === 'refused' && isStale(problem),
  );
  return item ? <StaleReply key={item.id} item={item} onReview={onReview} /> : null;
}

function StaleReply({ item, onReview }: { item: OutboxItem; onReview(): void }) {
  const comments = newerComments(item.problem);
  const last_comment_id = comments.at(-1)?.id;

  function review() {
    editAgain(item, draftName(item.ticket_number, false));
    onReview();
  }
  return (
    <Dialog
      title={t`Somebody has written meanwhile`}
      width={680}
      isQuestion
      onClose={review}
      footer={
        <>
          <Button
            onClick={() =>
              // Without the newer ones, what is sent is not compared with what the author has seen.
              sendAgain(item.id, { extra: { ...item.extra, last_comment_id } })
            }
          >
            <Trans>Send anyway</Trans>
          </Button>
          <Button look="primary" onClick={review}>
            <Trans>Review</Trans>
          </Button>
        </>
      }
    >
      <p className={styles.words}>
        <Trans>Your reply was not sent. New in this ticket:</Trans>
      </p>
      <ol className={styles.comments}>
        {comments.map((comment) => (
          <Message key={comment.id} message={comment} />
        ))}
      </ol>
      <h3 className={styles.words}>
        <Trans>Your reply</Trans>
      </h3>
      <div className={styles.reply}>
        <Markdown text={item.body} />
      </div>
    </Dialog>
  );
}
