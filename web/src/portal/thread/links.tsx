/** Where a conversation has come from and gone to, when support has split or merged tickets. */
import { Trans } from '@lingui/react/macro';
import { CornerDownRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { Comment, Ticket } from '#api/generated/types.gen.ts';
import styles from './links.module.css';

function Line({ children }: { children: ReactNode }) {
  return (
    <li className={styles.line}>
      <CornerDownRight size={15} aria-hidden />
      <span>{children}</span>
    </li>
  );
}

const TicketLink = ({ number }: { number: number }) => <Link href={`/t/${number}`}>#{number}</Link>;

export function BeganIn({ number }: { number: number | null }) {
  if (!number) return null;
  return (
    <Line>
      <Trans>
        This conversation began in <TicketLink number={number} />
      </Trans>
    </Line>
  );
}

/** After the last of the comments that were split off together. */
export function MovedTo({
  comment,
  next,
  ticket,
}: {
  comment: Comment;
  next: Comment | undefined;
  ticket: Ticket | undefined;
}) {
  const number = comment.splitted_to_ticket_number;
  if (!number || number === next?.splitted_to_ticket_number) return null;
  if (number === ticket?.merged_into_ticket_number) return null; // said once, at the end
  return (
    <Line>
      <Trans>
        Part of this conversation moved to <TicketLink number={number} />
      </Trans>
    </Line>
  );
}

/** Before the first of the comments that came with another ticket. */
export function MergedFrom({
  comment,
  before,
  number: own,
}: {
  comment: Comment;
  before: Comment | undefined;
  number: number;
}) {
  const number = comment.merged_from_ticket_number;
  if (!number || number === own || number === before?.merged_from_ticket_number) return null;
  return (
    <Line>
      <Trans>
        From <TicketLink number={number} />, which was merged into this ticket
      </Trans>
    </Line>
  );
}

export function MergedInto({ number }: { number: number | null }) {
  if (!number) return null;
  return (
    <Line>
      <Trans>
        The conversation goes on in <TicketLink number={number} />
      </Trans>
    </Line>
  );
}
