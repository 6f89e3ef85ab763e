import { Trans } from '@lingui/react/macro';
import type { DelayedReply } from '#api/generated/types.gen.ts';
import { Markdown } from '#shared/Markdown.tsx';
import { Button } from '#shared/ui/Button.tsx';
import { useMe } from '../layouts/SignedInOnly.tsx';
import { undoReply } from '../undo-reply.ts';
import { FileList } from './FileList.tsx';
import { MessageFrame } from './Message.tsx';
import styles from './PendingMessage.module.css';

/** A reply that the server sends in a few seconds; until then its author can take it back. */
export function DelayedMessage({ reply }: { reply: DelayedReply }) {
  const isOwn = useMe().staff_id === reply.staff_id;
  return (
    <div className={styles.sending}>
      <MessageFrame
        name={reply.staff_name}
        side={reply.is_internal ? 'note' : 'staff'}
        label={reply.staff_name}
        facts={
          <span className={styles.state}>
            <Trans>sending…</Trans>
            {isOwn && (
              <Button size="small" onClick={() => void undoReply(reply)}>
                <Trans>Undo</Trans>
              </Button>
            )}
          </span>
        }
      >
        <Markdown text={reply.body} />
        <FileList files={reply.files} />
      </MessageFrame>
    </div>
  );
}
