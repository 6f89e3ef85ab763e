import { plural, t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { ArrowDown } from 'lucide-react';
import { Fragment } from 'react';
import type { StaffTicketWithComments } from '#api/generated/types.gen.ts';
import { formatDay, isSameDay } from '#shared/format.ts';
import { useOutbox } from '#shared/outbox.ts';
import { Button } from '#shared/ui/Button.tsx';
import { useThreadWindow } from '#shared/useThreadWindow.ts';
import { DelayedMessage } from './DelayedMessage.tsx';
import { Message } from './Message.tsx';
import { PendingMessage } from './PendingMessage.tsx';
import styles from './Thread.module.css';

export function Thread({ ticket }: { ticket: StaffTicketWithComments }) {
  const pending = useOutbox().filter(({ ticket_number }) => ticket_number === ticket.number);
  const window = useThreadWindow(ticket.comments);
  const { scroller, content, shown, hidden, showEarlier, newBelow, scrollToEnd } = window;
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
          {hidden > 0 && (
            <Button look="ghost" className={styles.earlier} onClick={showEarlier}>
              {plural(hidden, { one: 'Show # earlier message', other: 'Show # earlier messages' })}
            </Button>
          )}
          <ol>
            {shown.map((comment, index) => (
              <Fragment key={comment.id}>
                {!isSameDay(comment.sent_at, shown[index - 1]?.sent_at ?? '') && (
                  <li className={styles.day}>{formatDay(comment.sent_at)}</li>
                )}
                <Message comment={comment} />
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
