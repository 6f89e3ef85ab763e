import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Download, FileText } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { UploadedFile } from '#api/generated/types.gen.ts';
import { formatBytes } from '#shared/format.ts';
import { saveBlob } from '#shared/saveBlob.ts';
import styles from './FileList.module.css';
import type { FileSource } from './source.ts';

interface FileProps {
  file: UploadedFile;
  source: FileSource;
}

/** Name and size; a click saves it. */
export function FileLink({ file, source }: FileProps) {
  return (
    <SaveButton file={file} source={source} className={styles.name}>
      {(state) => (
        <>
          <FileText size={18} aria-hidden />
          <FileName file={file} state={state} />
          <Download size={16} aria-hidden />
        </>
      )}
    </SaveButton>
  );
}

export function FileName({ file, state }: { file: UploadedFile; state: SaveState }) {
  return (
    <span>
      <b>{file.name}</b>
      {state === 'failed' ? (
        <small className={styles.failed} role="alert">
          <Trans>It could not be loaded: try again</Trans>
        </small>
      ) : (
        <small>{formatBytes(file.size)}</small>
      )}
    </span>
  );
}

type SaveState = 'ready' | 'loading' | 'failed';

interface SaveButtonProps extends FileProps {
  className?: string;
  children: (state: SaveState) => ReactNode;
}

/** A link where a cookie is enough; else the bytes are fetched with the key, and saved. */
export function SaveButton({ file, source, className, children }: SaveButtonProps) {
  const [state, setState] = useState<SaveState>('ready');
  const { uuid, name } = file;
  const label = t`Download ${name}`;
  const address = source.addressOf?.(uuid);
  if (address)
    return (
      <a className={className} href={address} download={name} aria-label={label} title={label}>
        {children('ready')}
      </a>
    );
  async function save() {
    setState('loading');
    try {
      saveBlob(await source.load(uuid), name);
      setState('ready');
    } catch {
      setState('failed');
    }
  }
  return (
    <button
      type="button"
      className={className}
      aria-label={label}
      title={label}
      disabled={state === 'loading'}
      onClick={() => void save()}
    >
      {children(state)}
    </button>
  );
}
