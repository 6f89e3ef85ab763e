import { plural, t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { ArrowDown } from 'lucide-react';
import { Fragment, useMemo, useState } from 'react';
import type { StaffTicketWithComments } from '#api/generated/types.gen.ts';
import { formatDay, isSameDay } from '#shared/format.ts';
import { commentName, delayedName } from '#shared/message-keys.ts';
import { Button } from '#shared/ui/Button.tsx';
import { useUnderWay } from '#shared/under-way.ts';
import { type ThreadTarget, useThreadWindow } from '#shared/useThreadWindow.ts';
import { readEarlier } from '../cache.ts';
import { useMe } from '../me.ts';
import { sayFailed } from '../ui/toasts.ts';
import { EventLine } from './EventLine.tsx';
import { firstNew } from './first-new.ts';
import { lastSeen } from './last-seen.ts';
import { Message } from './Message.tsx';
import styles from './Thread.module.css';
import { type TimelineItem, timelineOf, unsentOf } from './timeline.ts';
import { useLinkedComment } from './useLinkedComment.ts';

/** The messages, and between them what happened to the ticket. */
export function Thread({ ticket }: { ticket: StaffTicketWithComments }) {
  const me = useMe();
  const { comments, history, has_earlier_comments: hasEarlier, can } = ticket;
  const underWay = useUnderWay(
    ticket.number,
    comments.map(({ id }) => commentName(id)),
    ticket.delayed_replies.map((reply) => delayedName(reply.delayed_reply_id)),
  );
  const linked = useLinkedComment(ticket);
  const [newId] = useState(() => firstNew(comments, lastSeen(ticket.number), ticket, me.name));
  const target = useMemo(() => targetOf(comments, linked, newId), [comments, linked, newId]);
  const { scroller, content, shown, hidden, showEarlier, newBelow, scrollToEnd } = useThreadWindow(comments, {
    target,
    sending: underWay.length,
    loadEarlier: hasEarlier ? loadEarlier : undefined,
  });
  const timeline = timelineOf(shown, history, hidden === 0 && !hasEarlier);
  const items = [...timeline, ...unsentOf(ticket.delayed_replies, underWay)];

  async function loadEarlier() {
    try {
      await readEarlier(ticket);
    } catch {
      sayFailed(t`Could not load earlier messages`, { label: t`Retry`, run: showEarlier });
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
            <Button look="ghost" className={styles.earlier} onClick={showEarlier}>
              {hasEarlier
                ? t`Show earlier messages`
                : plural(hidden, { one: 'Show # earlier message', other: 'Show # earlier messages' })}
            </Button>
          )}
          <ol>
            {items.map((item, index) => (
              <Fragment key={item.key}>
                {!isSameDay(item.time, items[index - 1]?.time ?? '') && (
                  <li className={styles.day}>{formatDay(item.time)}</li>
                )}
                {isComment(item, newId) && (
                  <li className={styles.new} id="new">
                    <Trans>New since you looked</Trans>
                  </li>
                )}
                {item.kind === 'event' ? (
                  <EventLine event={item.event} />
                ) : (
                  <Message
                    message={item.message}
                    canReply={can.comment}
                    canSplit={can.split}
                    isLinked={isComment(item, linked)}
                  />
                )}
              </Fragment>
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

const isComment = (item: TimelineItem, id: number | null) =>
  item.kind === 'message' && 'id' in item.message && item.message.id === id;

/** The message of a link goes before the first new one. */
function targetOf(
  comments: StaffTicketWithComments['comments'],
  linked: number | null,
  newId: number | null,
): ThreadTarget | null {
  const find = (wanted: number | null) => comments.findIndex(({ id }) => id === wanted);
  if (find(linked) >= 0) return { id: `c${linked}`, index: find(linked) };
  return find(newId) >= 0 ? { id: 'new', index: find(newId), isNearOnly: true } : null;
}
