import { t } from '@lingui/core/macro';
import { Download, FileText } from 'lucide-react';
import { downloadFile } from '#api/generated/sdk.gen.ts';
import type { UploadedFile } from '#api/generated/types.gen.ts';
import { formatBytes } from '#shared/format.ts';
import { saveBlob } from '#shared/saveBlob.ts';
import styles from './FileList.module.css';

/** The files of a message. The key is a header, so they are fetched and saved, not linked. */
export function FileList({ files }: { files: UploadedFile[] }) {
  if (files.length === 0) return null;
  return (
    <ul className={styles.files} aria-label={t`Files`}>
      {files.map((file) => (
        <li key={file.uuid}>
          <button type="button" className={styles.file} onClick={() => void download(file)}>
            <FileText size={18} aria-hidden />
            <span>
              <b>{file.name}</b>
              <small>{formatBytes(file.size)}</small>
            </span>
            <Download size={16} aria-hidden />
          </button>
        </li>
      ))}
    </ul>
  );
}

async function download({ uuid, name }: UploadedFile) {
  const blob = await downloadFile({ path: { uuid }, parseAs: 'blob' });
  saveBlob(blob as Blob, name); // parseAs says so
}
