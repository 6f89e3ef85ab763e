import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { ArrowLeft } from 'lucide-react';
import { Link } from 'wouter';
import { ApiError } from '#api/errors.ts';
import { findTicketOptions, listCommentsOptions } from '#api/generated/@tanstack/react-query.gen.ts';
import { Pill } from '#shared/ui/Pill.tsx';
import { Conversation } from '../thread/Conversation.tsx';
import { stateOf } from '../words.ts';
import styles from './TicketPage.module.css';

export function TicketPage({ number }: { number: number }) {
  const path = { ticket_number: number };
  const ticket = useQuery(findTicketOptions({ path }));
  const comments = useQuery(listCommentsOptions({ path }));

  const missing = [ticket.error, comments.error].some(
    (error) => error instanceof ApiError && error.status === 404,
  );
  if (missing || !(number > 0)) return <MissingTicket />;
  const { tone, words } = ticket.data ? stateOf(ticket.data) : { tone: 'plain' as const, words: '' };
  return (
    <article className={styles.page} aria-busy={comments.isPending}>
      <header className={styles.header}>
        <Link href="/" className={styles.back} aria-label={t`Back to the list`}>
          <ArrowLeft size={20} aria-hidden />
        </Link>
        <div>
          <h2>{ticket.data?.summary}</h2>
          <p>
            {ticket.data && <Pill tone={tone}>{words}</Pill>}
            <span className="numbers">#{number}</span>
          </p>
        </div>
      </header>
      <Conversation number={number} ticket={ticket.data} comments={comments.data?.items ?? []} />
    </article>
  );
}

function MissingTicket() {
  return (
    <div className={styles.missing}>
      <h2>
        <Trans>This ticket is not yours or does not exist</Trans>
      </h2>
      <Link href="/">
        <Trans>Back to the list</Trans>
      </Link>
    </div>
  );
}
