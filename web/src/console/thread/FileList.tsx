import { t } from '@lingui/core/macro';
import { Download, FileText } from 'lucide-react';
import type { UploadedFile } from '#api/generated/types.gen.ts';
import { formatBytes } from '#shared/format.ts';
import styles from './FileList.module.css';

export function FileList({ files }: { files: UploadedFile[] }) {
  if (files.length === 0) return null;
  return (
    <ul className={styles.files} aria-label={t`Files`}>
      {files.map(({ uuid, name, size }) => (
        <li key={uuid}>
          <a className={styles.file} href={`/staff/files/${uuid}/content`} download={name}>
            <FileText size={18} aria-hidden />
            <span>
              <b>{name}</b>
              <small>{formatBytes(size)}</small>
            </span>
            <Download size={16} aria-hidden />
          </a>
        </li>
      ))}
    </ul>
  );
}
