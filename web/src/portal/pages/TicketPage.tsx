import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { UserRound } from 'lucide-react';
import { useEffect } from 'react';
import { ApiError } from '#api/errors.ts';
import { findTicketOptions } from '#api/generated/@tanstack/react-query.gen.ts';
import type { Ticket } from '#api/generated/types.gen.ts';
import { Button } from '#shared/ui/Button.tsx';
import { Pill } from '#shared/ui/Pill.tsx';
import { forgetTicket, knownTicket } from '../cache.ts';
import { Summary } from '../Summary.tsx';
import { TopicName } from '../TopicName.tsx';
import { Conversation } from '../thread/Conversation.tsx';
import { useComments } from '../thread/comments.ts';
import { TicketMenu } from '../thread/TicketMenu.tsx';
import { useMarkRead } from '../thread/useRead.ts';
import { stateOf } from '../words.ts';
import { BackLink } from './BackLink.tsx';
import { MissingTicket } from './EmptyPane.tsx';
import styles from './TicketPage.module.css';

export function TicketPage({ number }: { number: number }) {
  const query = useQuery({ ...findTicketOptions({ path: { ticket_number: number } }), enabled: number > 0 });
  const ticket = query.data ?? knownTicket(number); // the header is there at once, and where nothing can be read
  const comments = useComments(number);
  useMarkRead(ticket, comments.isSuccess);

  const errors = [query.error, comments.error].filter((error) => error instanceof ApiError);
  const isMissing = !(number > 0) || errors.some(({ status }) => [400, 403, 404].includes(status));
  useEffect(() => {
    if (isMissing && number > 0) forgetTicket(number);
  }, [isMissing, number]);
  if (isMissing) return <MissingTicket number={number} />;
  const isFailed = errors.some(({ status }) => status !== 401); // that the session has ended is said above
  return (
    <article className={styles.page} aria-busy={comments.isPending}>
      <Header number={number} ticket={ticket} />
      {isFailed && (
        <p className={styles.failed} role="alert">
          {comments.data ? (
            <Trans>The conversation could not be refreshed.</Trans>
          ) : (
            <Trans>The conversation could not be loaded.</Trans>
          )}
          <Button size="large" onClick={() => void Promise.all([query.refetch(), comments.refetch()])}>
            <Trans>Try again</Trans>
          </Button>
        </p>
      )}
      <Conversation
        number={number}
        ticket={ticket}
        comments={comments.data?.items}
        isPending={comments.isPending}
      />
    </article>
  );
}

function Header({ number, ticket }: { number: number; ticket: Ticket | undefined }) {
  const state = ticket && stateOf(ticket);
  return (
    <header className={styles.header}>
      <BackLink />
      <div>
        {ticket && (
          <h2 title={ticket.summary}>
            <Summary text={ticket.summary} />
          </h2>
        )}
        <p>
          {state && <Pill tone={state.tone}>{state.words}</Pill>}
          <span className="numbers">#{number}</span>
          {ticket && <TopicName topic={ticket.topic_key} className={styles.topic} />}
          {ticket?.client_aliased_name && (
            <span className={styles.alias} title={t`Who is speaking`}>
              <UserRound size={14} aria-hidden />
              {ticket.client_aliased_name}
            </span>
          )}
        </p>
      </div>
      {ticket && <TicketMenu ticket={ticket} />}
    </header>
  );
}
