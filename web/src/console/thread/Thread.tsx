import { plural, t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { ArrowDown } from 'lucide-react';
import { Fragment, useMemo, useState } from 'react';
import type { StaffTicketWithComments } from '#api/generated/types.gen.ts';
import { formatDay, isSameDay } from '#shared/format.ts';
import { useOutbox } from '#shared/outbox.ts';
import { Button } from '#shared/ui/Button.tsx';
import { type ThreadTarget, useThreadWindow } from '#shared/useThreadWindow.ts';
import { readEarlier } from '../cache.ts';
import { useMe } from '../me.ts';
import { sayFailed } from '../ui/toasts.ts';
import { DelayedMessage } from './DelayedMessage.tsx';
import { EventLine } from './EventLine.tsx';
import { firstNew } from './first-new.ts';
import { lastSeen } from './last-seen.ts';
import { Message } from './Message.tsx';
import { PendingMessage } from './PendingMessage.tsx';
import styles from './Thread.module.css';
import { timelineOf } from './timeline.ts';
import { useLinkedComment } from './useLinkedComment.ts';

/** The messages, and between them what happened to the ticket. */
export function Thread({ ticket }: { ticket: StaffTicketWithComments }) {
  const me = useMe();
  const { comments, history, has_earlier_comments: hasEarlier, can } = ticket;
  const pending = useOutbox().filter(({ ticket_number }) => ticket_number === ticket.number);
  const linked = useLinkedComment(ticket);
  const [newId] = useState(() => firstNew(comments, lastSeen(ticket.number), ticket, me.name));
  const target = useMemo(() => targetOf(comments, linked, newId), [comments, linked, newId]);
  const { scroller, content, shown, hidden, showEarlier, newBelow, scrollToEnd } = useThreadWindow(
    comments,
    target,
  );
  const items = useMemo(
    () => timelineOf(shown, history, hidden === 0 && !hasEarlier),
    [shown, history, hidden, hasEarlier],
  );

  async function showMore() {
    try {
      if (hidden === 0) await readEarlier(ticket);
      showEarlier();
    } catch {
      sayFailed(t`Could not load earlier messages`, { label: t`Retry`, run: showMore });
    }
  }

  return (
    <div className={styles.frame}>
      <section
        ref={scroller}
        className={styles.scroller}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and a keyboard has to reach it
        tabIndex={0}
        aria-label={t`Conversation`}
        data-thread
      >
        <div ref={content} className={styles.content}>
          {(hidden > 0 || hasEarlier) && (
            <Button look="ghost" className={styles.earlier} onClick={() => void showMore()}>
              {hasEarlier
                ? t`Show earlier messages`
                : plural(hidden, { one: 'Show # earlier message', other: 'Show # earlier messages' })}
            </Button>
          )}
          <ol>
            {items.map((item, index) => (
              <Fragment key={item.kind === 'comment' ? item.comment.id : item.key}>
                {!isSameDay(item.time, items[index - 1]?.time ?? '') && (
                  <li className={styles.day}>{formatDay(item.time)}</li>
                )}
                {item.kind === 'event' ? (
                  <EventLine event={item.event} />
                ) : (
                  <>
                    {item.comment.id === newId && (
                      <li className={styles.new} id="new">
                        <Trans>New since you looked</Trans>
                      </li>
                    )}
                    <Message
                      comment={item.comment}
                      canReply={can.comment}
                      canSplit={can.split}
                      isLinked={item.comment.id === linked}
                    />
                  </>
                )}
              </Fragment>
            ))}
            {ticket.delayed_replies.map((reply) => (
              <DelayedMessage key={reply.delayed_reply_id} reply={reply} />
            ))}
            {pending.map((item) => (
              <PendingMessage key={item.id} item={item} />
            ))}
          </ol>
        </div>
      </section>
      {newBelow > 0 && (
        <Button
          size="small"
          className={styles.below}
          icon={<ArrowDown size={14} aria-hidden />}
          onClick={scrollToEnd}
        >
          <Trans>{newBelow} new</Trans>
        </Button>
      )}
    </div>
  );
}

/** The message of a link goes before the first new one. */
function targetOf(
  comments: StaffTicketWithComments['comments'],
  linked: number | null,
  newId: number | null,
): ThreadTarget | null {
  const find = (wanted: number | null) => comments.findIndex(({ id }) => id === wanted);
  if (find(linked) >= 0) return { id: `c${linked}`, index: find(linked) };
  return find(newId) >= 0 ? { id: 'new', index: find(newId) } : null;
}
