import { Trans } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { ApiError } from '#api/errors.ts';
import { findStaffTicketOptions } from '#api/generated/@tanstack/react-query.gen.ts';
import { Conversation } from '../composer/Conversation.tsx';
import { Details } from '../details/Details.tsx';
import { Thread } from '../thread/Thread.tsx';
import { TicketHeader } from '../thread/TicketHeader.tsx';
import styles from './TicketPage.module.css';

/** The conversation of a ticket with its composer, and what is known about it and its client. */
export function TicketPage() {
  const { number } = useParams({ from: '/$list/$number' });
  const ticket = useQuery(findStaffTicketOptions({ path: { ticket_number: Number(number) } }));
  const isMissing = ticket.error instanceof ApiError && [400, 404].includes(ticket.error.status);
  if (isMissing) {
    return (
      <main id="conversation" className={styles.missing}>
        <h2>
          <Trans>This ticket does not exist</Trans>
        </h2>
      </main>
    );
  }
  if (!ticket.data) return <main id="conversation" className={styles.page} aria-busy />;
  return (
    <main id="conversation" className={styles.page} key={number}>
      <TicketHeader ticket={ticket.data} />
      <Conversation ticket={ticket.data} className={styles.conversation}>
        <Thread ticket={ticket.data} />
      </Conversation>
      <Details ticket={ticket.data} />
    </main>
  );
}
