import { t } from '@lingui/core/macro';
import { lazy, Suspense, useState } from 'react';
import type { UploadedFile } from '#api/generated/types.gen.ts';
import { importPart } from '../import-part.ts';
import { FileLink } from './FileLink.tsx';
import styles from './FileList.module.css';
import { type FileSource, isImage, isShortText } from './source.ts';
import { TextFile } from './TextFile.tsx';
import { Thumbnail } from './Thumbnail.tsx';

const Lightbox = lazy(() => importPart(() => import('./Lightbox.tsx')));

/** The files of a message: images are shown, short texts can be read, everything else is saved. */
export function FileList({ files, source }: { files: UploadedFile[]; source: FileSource }) {
  const [open, setOpen] = useState<UploadedFile | null>(null);
  const [broken, setBroken] = useState<string[]>([]);
  if (files.length === 0) return null;
  const images = files.filter((file) => isImage(file) && !broken.includes(file.uuid));
  return (
    <>
      <ul className={styles.files} aria-label={t`Files`}>
        {files.map((file) => {
          const { uuid } = file;
          if (images.includes(file))
            return (
              <li key={uuid}>
                <Thumbnail
                  file={file}
                  source={source}
                  onOpen={() => setOpen(file)}
                  onBroken={() => setBroken([...broken, uuid])}
                />
              </li>
            );
          if (isShortText(file)) return <TextFile key={uuid} file={file} source={source} />;
          return (
            <li key={uuid} className={styles.file}>
              <FileLink file={file} source={source} />
            </li>
          );
        })}
      </ul>
      {open && (
        <Suspense fallback={null}>
          <Lightbox images={images} first={open} source={source} onClose={() => setOpen(null)} />
        </Suspense>
      )}
    </>
  );
}
