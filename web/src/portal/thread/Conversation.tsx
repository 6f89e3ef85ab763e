import { useRef } from 'react';
import type { Comment, Ticket } from '#api/generated/types.gen.ts';
import { useDraft } from '#shared/drafts.ts';
import { DropZone } from '#shared/files/DropZone.tsx';
import { useAttachments } from '#shared/files/useAttachments.ts';
import { useDraftNews } from '#shared/useDraftNews.ts';
import { useHasEnded } from '../ended.ts';
import { FILES_URL, useLimits } from '../files/useLimits.ts';
import { draftNameOf } from '../sending.ts';
import { Composer, kindOf } from './Composer.tsx';
import styles from './Conversation.module.css';
import { Thread } from './Thread.tsx';

interface ConversationProps {
  number: number;
  ticket: Ticket | undefined;
  comments: Comment[] | undefined;
  isPending: boolean;
}

/** The messages and what is being written; files may be dropped anywhere on them. */
export function Conversation({ number, ticket, comments, isPending }: ConversationProps) {
  const name = draftNameOf(number);
  const draft = useDraft(name);
  useDraftNews(name);
  const attachments = useAttachments({ name, draft, url: FILES_URL, limits: useLimits() });
  const textarea = useRef<HTMLTextAreaElement>(null);
  const hasEnded = useHasEnded();
  const canAttach = ticket && kindOf(ticket) !== null && !hasEnded;
  return (
    <DropZone attachments={canAttach ? attachments : null} className={styles.conversation}>
      <Thread
        number={number}
        ticket={ticket}
        comments={comments}
        isPending={isPending}
        onWrite={() => textarea.current?.focus()}
      />
      {ticket && <Composer textarea={textarea} ticket={ticket} draft={draft} attachments={attachments} />}
    </DropZone>
  );
}
