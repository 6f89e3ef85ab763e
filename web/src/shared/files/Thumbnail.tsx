import { t } from '@lingui/core/macro';
import { Image as ImageIcon } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { UploadedFile } from '#api/generated/types.gen.ts';
import styles from './FileList.module.css';
import { type FileSource, useFileAddress } from './source.ts';

interface ThumbnailProps {
  file: UploadedFile;
  source: FileSource;
  onOpen(): void;
  /** Its bytes are no image after all, or could not be loaded. */
  onBroken(): void;
}

/** An image in a box of a fixed size, so that nothing moves when it arrives; loaded when it comes near. */
export function Thumbnail({ file, source, onOpen, onBroken }: ThumbnailProps) {
  const { uuid, name } = file;
  const box = useRef<HTMLButtonElement>(null);
  const [isNear, setNear] = useState(false);
  const address = useFileAddress(source, uuid, isNear);
  const broken = useRef(onBroken);
  broken.current = onBroken;

  useEffect(() => {
    if (!box.current) return;
    const observer = new IntersectionObserver(
      ([entry]) => {
        if (!entry?.isIntersecting) return;
        setNear(true);
        observer.disconnect();
      },
      { rootMargin: '300px' },
    );
    observer.observe(box.current);
    return () => observer.disconnect();
  }, []);
  useEffect(() => {
    if (address === null) broken.current();
  }, [address]);

  return (
    <button
      ref={box}
      type="button"
      className={styles.thumbnail}
      aria-label={t`Show ${name}`}
      title={name}
      onClick={(event) => {
        event.currentTarget.focus(); // Safari does not; the dialog gives focus back to it
        onOpen();
      }}
    >
      {address && isNear ? (
        <img src={address} alt="" decoding="async" onError={onBroken} />
      ) : (
        <ImageIcon size={22} aria-hidden />
      )}
    </button>
  );
}
