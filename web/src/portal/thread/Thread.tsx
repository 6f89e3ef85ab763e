import { plural, t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { ArrowDown } from 'lucide-react';
import { Fragment, lazy, Suspense, useEffect, useMemo, useRef } from 'react';
import type { Comment, Ticket } from '#api/generated/types.gen.ts';
import { formatDay, isSameDay } from '#shared/format.ts';
import { importPart } from '#shared/import-part.ts';
import { useOutbox } from '#shared/outbox.ts';
import { Button } from '#shared/ui/Button.tsx';
import { useThreadWindow } from '#shared/useThreadWindow.ts';
import { BeganIn, MergedFrom, MergedInto, MovedTo } from './links.tsx';
import { Message } from './Message.tsx';
import { PendingMessage } from './PendingMessage.tsx';
import { Skeleton } from './Skeleton.tsx';
import styles from './Thread.module.css';
import { useLinkedComment } from './useHash.ts';
import { useFirstNew } from './useRead.ts';

const RatingCard = lazy(() => importPart(() => import('./RatingCard.tsx')));

interface ThreadProps {
  number: number;
  ticket: Ticket | undefined;
  comments: Comment[] | undefined;
  /** Begins to write: the answer to “Is everything working now?” is no. */
  onWrite(): void;
}

export function Thread({ number, ticket, comments, onWrite }: ThreadProps) {
  const pending = useOutbox().filter(({ ticket_number }) => ticket_number === number);
  const linked = useLinkedComment();
  const firstNew = useFirstNew(comments);
  const target = useMemo(() => targetOf(comments ?? [], linked, firstNew), [comments, linked, firstNew]);
  const all = comments ?? [];
  const { scroller, content, shown, hidden, showEarlier, newBelow, scrollToEnd } = useThreadWindow(
    all,
    target,
  );
  useOnSend(pending.length, scrollToEnd);

  return (
    <div className={styles.frame}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and a keyboard has to reach it */}
      <section ref={scroller} className={styles.scroller} tabIndex={0} aria-label={t`Conversation`}>
        <div ref={content}>
          {!comments && <Skeleton />}
          {hidden > 0 && (
            <Button look="ghost" size="large" className={styles.earlier} onClick={showEarlier}>
              {plural(hidden, { one: 'Show # earlier message', other: 'Show # earlier messages' })}
            </Button>
          )}
          <ol className={styles.messages}>
            {hidden === 0 && <BeganIn number={ticket?.splitted_from_ticket_number ?? null} />}
            {shown.map((comment, index) => {
              const before = shown[index - 1];
              return (
                <Fragment key={comment.id}>
                  {!isSameDay(comment.sent_at, before?.sent_at ?? '') && (
                    <li className={styles.day}>{formatDay(comment.sent_at)}</li>
                  )}
                  {comment.id === firstNew && (
                    <li className={styles.new} id="new">
                      <Trans>New</Trans>
                    </li>
                  )}
                  <MergedFrom comment={comment} before={before} number={number} />
                  <Message number={number} comment={comment} isLinked={comment.id === linked} />
                  <MovedTo comment={comment} next={shown[index + 1]} ticket={ticket} />
                </Fragment>
              );
            })}
            {pending.map((item) => (
              <PendingMessage key={item.id} item={item} />
            ))}
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

/** The comment of a link goes before the first new one. */
function targetOf(comments: Comment[], linked: number | null, firstNew: number | null) {
  const find = (wanted: number) => comments.findIndex(({ id }) => id === wanted);
  const index = linked === null ? -1 : find(linked);
  if (index >= 0) return { id: `c${linked}`, index };
  return firstNew === null ? null : { id: 'new', index: find(firstNew) };
}

/** A message that is sent is seen, however far up the reader was. */
function useOnSend(count: number, scrollToEnd: () => void) {
  const before = useRef(count);
  useEffect(() => {
    if (count > before.current) scrollToEnd();
    before.current = count;
  }, [count, scrollToEnd]);
}
