import type { ReactNode } from 'react';
import type { StaffTicketWithComments } from '#api/generated/types.gen.ts';
import { DropZone } from '#shared/files/DropZone.tsx';
import { Composer } from './Composer.tsx';
import { MentionDialog } from './MentionDialog.tsx';
import { StaleReplies } from './StaleReplies.tsx';
import { useComposer } from './useComposer.ts';

interface ConversationProps {
  ticket: StaffTicketWithComments;
  className?: string;
  /** The messages. They are drawn by the page: a key in the composer does not draw them again. */
  children: ReactNode;
}

/** The messages of a ticket and its composer; files can be dropped on both. */
export function Conversation({ ticket, className, children }: ConversationProps) {
  const composer = useComposer(ticket);
  return (
    <DropZone attachments={composer.isAllowed ? composer.attachments : null} className={className}>
      {children}
      <Composer composer={composer} />
      {composer.question && <MentionDialog question={composer.question} composer={composer} />}
      <StaleReplies number={ticket.number} onReview={() => composer.write('reply')} />
    </DropZone>
  );
}
