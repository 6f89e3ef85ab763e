import { plural, t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { ArrowDown } from 'lucide-react';
import { Fragment, lazy, Suspense, useMemo } from 'react';
import type { Comment, Ticket } from '#api/generated/types.gen.ts';
import { formatDay, isSameDay } from '#shared/format.ts';
import { importPart } from '#shared/import-part.ts';
import { commentName, keyOf } from '#shared/message-keys.ts';
import type { OutboxItem } from '#shared/outbox.ts';
import { Button } from '#shared/ui/Button.tsx';
import { useUnderWay } from '#shared/under-way.ts';
import { type ThreadTarget, useThreadWindow } from '#shared/useThreadWindow.ts';
import { useHasEnded } from '../ended.ts';
import { BeganIn, MergedFrom, MergedInto, MovedTo } from './links.tsx';
import { Message } from './Message.tsx';
import { Skeleton } from './Skeleton.tsx';
import styles from './Thread.module.css';
import { useLinkedComment } from './useHash.ts';
import { useFirstNew } from './useRead.ts';

const RatingCard = lazy(() => importPart(() => import('./RatingCard.tsx')));

interface ThreadProps {
  number: number;
  ticket: Ticket | undefined;
  comments: Comment[] | undefined;
  isPending: boolean;
  /** Begins to write: the answer to “Is everything working now?” is no. */
  onWrite(): void;
}

export function Thread({ number, ticket, comments, isPending, onWrite }: ThreadProps) {
  const linked = useLinkedComment();
  const hasEnded = useHasEnded();
  const firstNew = useFirstNew(comments);
  const target = useMemo(() => targetOf(comments ?? [], linked, firstNew), [comments, linked, firstNew]);
  const all = comments ?? [];
  const underWay = useUnderWay(
    number,
    all.map(({ id }) => commentName(id)),
  );
  const { scroller, content, shown, hidden, showEarlier, newBelow, scrollToEnd } = useThreadWindow(all, {
    target,
    sending: underWay.length,
  });
  const messages: Row[] = [
    ...shown.map((comment) => ({
      key: keyOf(commentName(comment.id)),
      time: comment.sent_at,
      message: comment,
    })),
    ...underWay.map(({ key, item }) => ({ key, time: item.created_at, message: item })),
  ];

  return (
    <div className={styles.frame}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and a keyboard has to reach it */}
      <section ref={scroller} className={styles.scroller} tabIndex={0} aria-label={t`Conversation`}>
        <div ref={content}>
          {isPending && <Skeleton />}
          {hasEnded && !comments && !isPending && (
            <p className={styles.unread}>
              <Trans>
                These messages have not been loaded yet. You will see them when you open support again.
              </Trans>
            </p>
          )}
          {hidden > 0 && (
            <Button look="ghost" size="large" className={styles.earlier} onClick={showEarlier}>
              {plural(hidden, { one: 'Show # earlier message', other: 'Show # earlier messages' })}
            </Button>
          )}
          <ol className={styles.messages}>
            {hidden === 0 && <BeganIn number={ticket?.splitted_from_ticket_number ?? null} />}
            {messages.map(({ key, time, message }, index) => {
              const [comment, before] = [commentOf(message), messages[index - 1]];
              return (
                <Fragment key={key}>
                  {!isSameDay(time, before?.time ?? '') && <li className={styles.day}>{formatDay(time)}</li>}
                  {comment && comment.id === firstNew && (
                    <li className={styles.new} id="new">
                      <Trans>New</Trans>
                    </li>
                  )}
                  {comment && (
                    <MergedFrom comment={comment} before={commentOf(before?.message)} number={number} />
                  )}
                  <Message
                    number={number}
                    message={message}
                    alias={ticket?.client_aliased_name ?? null}
                    isLinked={comment !== undefined && comment.id === linked}
                  />
                  {comment && (
                    <MovedTo
                      comment={comment}
                      next={commentOf(messages[index + 1]?.message)}
                      ticket={ticket}
                    />
                  )}
                </Fragment>
              );
            })}
            <MergedInto number={ticket?.merged_into_ticket_number ?? null} />
            {comments && (ticket?.is_resolved || ticket?.is_closed) && (
              <Suspense fallback={null}>
                <RatingCard ticket={ticket} onWrite={onWrite} />
              </Suspense>
            )}
          </ol>
        </div>
      </section>
      {newBelow > 0 && (
        <Button className={styles.below} icon={<ArrowDown size={14} aria-hidden />} onClick={scrollToEnd}>
          <Trans>{newBelow} new</Trans>
        </Button>
      )}
    </div>
  );
}

interface Row {
  key: string;
  time: string;
  message: Comment | OutboxItem;
}

const commentOf = (message: Row['message'] | undefined) =>
  message && !('owner' in message) ? message : undefined;

/** The comment of a link goes before the first new one. */
function targetOf(comments: Comment[], linked: number | null, firstNew: number | null): ThreadTarget | null {
  const find = (wanted: number) => comments.findIndex(({ id }) => id === wanted);
  const index = linked === null ? -1 : find(linked);
  if (index >= 0) return { id: `c${linked}`, index };
  return firstNew === null ? null : { id: 'new', index: find(firstNew), isNearOnly: true };
}
