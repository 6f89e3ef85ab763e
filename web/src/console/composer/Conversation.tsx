import type { ReactNode } from 'react';
import type { StaffTicketWithComments } from '#api/generated/types.gen.ts';
import { DropZone } from '#shared/files/DropZone.tsx';
import { Composer } from './Composer.tsx';
import styles from './Conversation.module.css';
import { MentionDialog } from './MentionDialog.tsx';
import { StaleReplies } from './StaleReplies.tsx';
import { useComposer } from './useComposer.ts';

interface ConversationProps {
  ticket: StaffTicketWithComments;
  /** Called when what is written changes: whether there is anything. */
  onWriting(isWriting: boolean): void;
  header: ReactNode;
  details: ReactNode;
  /** The messages. Like the header, they are drawn by the page: a key in the composer does not draw them again. */
  children: ReactNode;
}

/** A ticket with its composer; files can be dropped on all of it. */
export function Conversation({ ticket, onWriting, header, details, children }: ConversationProps) {
  const composer = useComposer(ticket, onWriting);
  return (
    <DropZone attachments={composer.isAllowed ? composer.attachments : null} className={styles.ticket}>
      {header}
      <div className={styles.conversation}>
        {children}
        <Composer composer={composer} />
      </div>
      {details}
      {composer.question && <MentionDialog question={composer.question} composer={composer} />}
      <StaleReplies number={ticket.number} onReview={() => composer.write('reply')} />
    </DropZone>
  );
}
