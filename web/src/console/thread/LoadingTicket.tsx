import { type ReactNode, useEffect, useState } from 'react';
import { queryClient } from '#api/client.ts';
import { listQueueQueryKey } from '#api/generated/@tanstack/react-query.gen.ts';
import type { QueueTicket } from '#api/generated/types.gen.ts';
import layout from '../composer/Conversation.module.css';
import { LoadingComposer } from '../composer/LoadingComposer.tsx';
import details from '../details/Details.module.css';
import { useDetails } from '../details/shown.ts';
import styles from '../pages/TicketPage.module.css';
import { withPending } from '../pending.ts';
import skeleton from './LoadingTicket.module.css';
import { RowHeader } from './TicketHeader.tsx';

const PATIENCE_MS = 150;

/**
 * The header from the row of the list at once; grey lines in place of messages when it takes longer. The other parts have
 * their places already, so that nothing moves when the ticket is there.
 */
export function LoadingTicket({ number, error }: { number: number; error: ReactNode }) {
  const [isSlow, setSlow] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setSlow(true), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, []);
  const { isShown, isOverlay } = useDetails();
  const row = findRow(number);
  return (
    <div id="conversation" className={styles.page} tabIndex={-1} aria-busy={!error}>
      <div className={layout.ticket}>
        {row && <RowHeader row={row} />}
        <div className={layout.conversation}>
          {error}
          {isSlow && (
            <>
              <div className={skeleton.messages} aria-hidden>
                {!error &&
                  ['a', 'b', 'c'].map((key) => (
                    <div key={key}>
                      <i />
                      <span />
                      <span />
                    </div>
                  ))}
              </div>
              <LoadingComposer key={number} number={number} row={row} />
            </>
          )}
        </div>
        {isShown && !isOverlay && <div className={details.details} aria-hidden />}
      </div>
    </div>
  );
}

function findRow(number: number): QueueTicket | undefined {
  const lists = queryClient.getQueriesData<{ pages?: Array<{ items: QueueTicket[] }> }>({
    queryKey: [{ _id: listQueueQueryKey()[0]._id }],
  });
  for (const [, list] of lists)
    for (const { items } of list?.pages ?? []) {
      const row = items.find((item) => item.number === number);
      if (row) return withPending(row);
    }
  return undefined;
}
