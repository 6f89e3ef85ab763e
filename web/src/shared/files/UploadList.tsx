import { t } from '@lingui/core/macro';
import { FileText, RotateCw, X } from 'lucide-react';
import { formatBytes, formatPercent } from '#shared/format.ts';
import { IconButton } from '#shared/ui/Button.tsx';
import type { Upload } from '#shared/uploads.ts';
import { errorInWords } from './limits.ts';
import styles from './UploadList.module.css';
import type { Attachments } from './useAttachments.ts';

interface UploadListProps {
  attachments: Attachments;
  className?: string;
}

/** The files of a message that is being written: those that have arrived, and those on their way. */
export function UploadList({ attachments, className = '' }: UploadListProps) {
  const { files, uploads, remove, isEmpty } = attachments;
  if (isEmpty) return null;
  return (
    <ul className={`${styles.list} ${className}`} aria-label={t`Attached files`}>
      {files.map(({ uuid, name, size }) => (
        <li key={uuid} className={styles.item}>
          <FileText size={16} aria-hidden />
          <span className={styles.words}>
            <b title={name}>{name}</b>
            <small>{formatBytes(size)}</small>
          </span>
          <IconButton
            label={t`Remove ${name}`}
            icon={<X size={16} aria-hidden />}
            onClick={() => remove(uuid)}
          />
        </li>
      ))}
      {uploads.map((upload) => (
        <UploadItem key={upload.id} upload={upload} attachments={attachments} />
      ))}
    </ul>
  );
}

function UploadItem({ upload, attachments }: { upload: Upload; attachments: Attachments }) {
  const { id, file, state, progress, error } = upload;
  const { limits, cancel, retry } = attachments;
  const { name } = file;
  // React's type of `style` does not know custom properties.
  const variables = { '--part': progress } as React.CSSProperties;
  return (
    <li className={`${styles.item} ${error ? styles.failed : ''}`}>
      <FileText size={16} aria-hidden />
      <span className={styles.words}>
        <b title={name}>{name}</b>
        {error ? (
          <small role="alert">{errorInWords(error, limits)}</small>
        ) : (
          <small className="numbers">{state === 'waiting' ? t`waiting…` : formatPercent(progress)}</small>
        )}
      </span>
      {error?.canRetry && (
        <IconButton
          label={t`Try again: ${name}`}
          icon={<RotateCw size={15} aria-hidden />}
          onClick={() => retry(id)}
        />
      )}
      <IconButton
        label={error ? t`Remove ${name}` : t`Cancel ${name}`}
        icon={<X size={16} aria-hidden />}
        onClick={() => cancel(id)}
      />
      {!error && (
        <span
          className={styles.bar}
          style={variables}
          role="progressbar"
          aria-label={name}
          aria-valuenow={Math.round(progress * 100)}
        />
      )}
    </li>
  );
}
