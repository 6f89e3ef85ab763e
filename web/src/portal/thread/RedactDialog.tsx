import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import type { Comment } from '#api/generated/types.gen.ts';
import { formatDateTime } from '#shared/format.ts';
import { Button } from '#shared/ui/Button.tsx';
import { Buttons } from '#shared/ui/Buttons.tsx';
import { redact } from './actions.ts';
import dialogStyles from './Dialog.module.css';
import { Dialog } from './Dialog.tsx';
import styles from './RedactDialog.module.css';
import { useWrite } from './useWrite.ts';

interface RedactDialogProps {
  number: number;
  comment: Comment;
  onClose(): void;
}

/** Shows which message it is: there is no way back. */
export function RedactDialog({ number, comment, onClose }: RedactDialogProps) {
  const { run, isBusy, error, wait } = useWrite();
  async function confirm() {
    if (await run(() => redact(number, comment))) onClose();
  }
  return (
    <Dialog title={t`Remove this message for good?`} onClose={onClose}>
      <p>
        <Trans>Its text and files are removed for you and for support. This cannot be undone.</Trans>
      </p>
      <blockquote className={styles.quote}>
        <p>{comment.body}</p>
        <footer>
          {[formatDateTime(comment.sent_at), ...comment.files.map(({ name }) => name)].join(', ')}
        </footer>
      </blockquote>
      {error && (
        <p className={dialogStyles.error} role="alert">
          {error}
        </p>
      )}
      <Buttons className={dialogStyles.buttons}>
        <Button size="large" onClick={onClose}>
          <Trans>Keep it</Trans>
        </Button>
        <Button size="large" look="danger" disabled={isBusy || wait > 0} onClick={() => void confirm()}>
          <Trans>Remove for good</Trans>
        </Button>
      </Buttons>
    </Dialog>
  );
}
