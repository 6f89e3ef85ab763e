import { Trans } from '@lingui/react/macro';
import { ThumbsDown, ThumbsUp } from 'lucide-react';
import type { StaffComment } from '#api/generated/types.gen.ts';
import styles from './Message.module.css';

/** What the client thinks of a reply. */
export function CommentVote({ vote }: Pick<StaffComment, 'vote'>) {
  if (!vote) return null;
  const isGood = vote.score > 0;
  return (
    <p className={`${styles.vote} ${isGood ? styles.good : styles.bad}`}>
      {isGood ? <ThumbsUp size={14} aria-hidden /> : <ThumbsDown size={14} aria-hidden />}
      <b>
        {isGood ? <Trans>Client found this helpful</Trans> : <Trans>Client did not find this helpful</Trans>}
      </b>
      {vote.comment && <q>{vote.comment}</q>}
    </p>
  );
}
