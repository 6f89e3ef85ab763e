import { plural, t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import type { StaffComment } from '#api/generated/types.gen.ts';
import { formatDateTime, formatDayTime } from '#shared/format.ts';
import { Markdown } from '#shared/Markdown.tsx';
import { Button } from '#shared/ui/Button.tsx';
import { redact } from '../actions/redact.ts';
import { authorOf } from '../author.ts';
import { Dialog } from '../ui/Dialog.tsx';
import styles from './Dialogs.module.css';

/** Shows what will be gone before it is: there is no way back. */
export default function RedactDialog({ comment, onClose }: { comment: StaffComment; onClose(): void }) {
  const { is_internal, sent_at, body, files } = comment;
  return (
    <Dialog
      isText
      title={t`Remove this text for good?`}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>
            <Trans>Cancel</Trans>
          </Button>
          <Button
            look="danger"
            onClick={() => {
              onClose();
              void redact(comment);
            }}
          >
            <Trans>Remove for good</Trans>
          </Button>
        </>
      }
    >
      <p>
        {is_internal ? (
          <Trans>
            The internal note, its copies in search and its files are removed for the whole team; the client
            never saw it. This cannot be undone.
          </Trans>
        ) : (
          <Trans>
            The text, its copies in search and its files are removed for everybody, the client too. This
            cannot be undone.
          </Trans>
        )}
      </p>
      <div className={`${styles.preview} ${is_internal ? styles.note : ''}`}>
        <p className={styles.head}>
          <b>{authorOf(comment)}</b>{' '}
          <time dateTime={sent_at} title={formatDateTime(sent_at)}>
            {formatDayTime(sent_at)}
          </time>
        </p>
        <Markdown text={body} />
      </div>
      {files.length > 0 && (
        <p className={styles.hint}>
          {plural(files.length, { one: 'With # file:', other: 'With # files:' })}{' '}
          {files.map(({ name }) => name).join(', ')}
        </p>
      )}
    </Dialog>
  );
}
