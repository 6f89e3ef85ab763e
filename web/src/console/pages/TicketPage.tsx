import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useEffect } from 'react';
import { ApiError } from '#api/errors.ts';
import { listStatusesOptions } from '#api/generated/@tanstack/react-query.gen.ts';
import type { StaffTicketWithComments } from '#api/generated/types.gen.ts';
import { Button } from '#shared/ui/Button.tsx';
import { ticketOptions } from '../cache.ts';
import { Conversation } from '../composer/Conversation.tsx';
import { Details } from '../details/Details.tsx';
import { closeOverlay } from '../details/shown.ts';
import { TicketDialogs } from '../dialogs/TicketDialogs.tsx';
import { reportGone } from '../list/gone.ts';
import { usePending } from '../pending.ts';
import { closeDialog, setHeaderMenu } from '../thread/dialogs.ts';
import { LoadingTicket } from '../thread/LoadingTicket.tsx';
import { MissingTicket } from '../thread/MissingTicket.tsx';
import { Thread } from '../thread/Thread.tsx';
import { TicketHeader } from '../thread/TicketHeader.tsx';
import { TicketKeys } from '../thread/TicketKeys.tsx';
import { useMarkRead } from '../thread/useMarkRead.ts';
import { usePresence } from '../thread/usePresence.ts';
import styles from './TicketPage.module.css';

/** The conversation of a ticket with its composer, and what is known about it and its client. */
export function TicketPage() {
  const { number } = useParams({ from: '/$list/$number' });
  const ticket = useQuery({ ...ticketOptions(Number(number)), enabled: /^\d{1,9}$/.test(number) });
  const shown = usePending(ticket.data);
  useQuery(listStatusesOptions()); // for actions that show a state before the server has answered
  const isGone = ticket.error instanceof ApiError && [400, 403, 404].includes(ticket.error.status);
  const { status } = ticket.error instanceof ApiError ? ticket.error : {};
  useEffect(() => {
    if (status === 403 || status === 404) reportGone(Number(number));
  }, [status, number]);
  if (isGone || !ticket.isEnabled) return <MissingTicket />;
  if (!shown) {
    return (
      <LoadingTicket
        number={Number(number)}
        error={ticket.isError ? <CouldNotLoad onRetry={() => void ticket.refetch()} /> : null}
      />
    );
  }
  return (
    <OpenTicket
      ticket={shown}
      error={ticket.isError ? <CouldNotLoad onRetry={() => void ticket.refetch()} /> : null}
    />
  );
}

interface OpenTicketProps {
  ticket: StaffTicketWithComments;
  /** It could not be read again: what is shown may be old. */
  error: React.ReactNode;
}

/** From one ticket to the next it stays: what belongs to a ticket alone has its number as a key. */
function OpenTicket({ ticket, error }: OpenTicketProps) {
  const { number } = ticket;
  const tellWriting = usePresence(number);
  useMarkRead(ticket);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is open is of this ticket
  useEffect(
    () => () => {
      closeDialog();
      setHeaderMenu(null);
      closeOverlay();
    },
    [number],
  );
  return (
    <section id="conversation" className={styles.page} tabIndex={-1} aria-label={t`Ticket #${number}`}>
      <Conversation
        ticket={ticket}
        onWriting={tellWriting}
        header={<TicketHeader ticket={ticket} />}
        details={<Details ticket={ticket} />}
      >
        {error}
        <Thread key={number} ticket={ticket} />
      </Conversation>
      <TicketDialogs ticket={ticket} />
      <TicketKeys ticket={ticket} />
    </section>
  );
}

function CouldNotLoad({ onRetry }: { onRetry(): void }) {
  return (
    <div className={styles.failed} role="alert">
      <Trans>Could not refresh</Trans>
      <Button size="small" onClick={onRetry}>
        <Trans>Retry</Trans>
      </Button>
    </div>
  );
}
