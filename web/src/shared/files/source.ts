/** Where the bytes of files come from: by their address with a cookie (console), or with a key in a header (portal). */
import { useEffect, useState } from 'react';
import type { UploadedFile } from '#api/generated/types.gen.ts';

export interface FileSource {
  /** The address of the bytes, where the browser may ask for them by itself. */
  addressOf?(uuid: string): string;
  load(uuid: string): Promise<Blob>;
}

interface Loaded {
  address: string;
  users: number;
}

const REVOKE_AFTER_MS = 10_000; // a message that is drawn again uses the same bytes
const loaded = new Map<string, Promise<Loaded>>();

async function acquire(source: FileSource, uuid: string): Promise<Loaded> {
  let found = loaded.get(uuid);
  if (!found) {
    found = source.load(uuid).then((blob) => ({ address: URL.createObjectURL(blob), users: 0 }));
    loaded.set(uuid, found);
    found.catch(() => loaded.delete(uuid));
  }
  const file = await found;
  file.users++;
  return file;
}

function release(uuid: string, file: Loaded) {
  file.users--;
  setTimeout(() => {
    if (file.users > 0 || !loaded.delete(uuid)) return;
    URL.revokeObjectURL(file.address);
  }, REVOKE_AFTER_MS);
}

/** An address for an image. Undefined while it is loaded, or while it is not wanted; null if that has failed. */
export function useFileAddress(source: FileSource, uuid: string, isWanted = true): string | null | undefined {
  const own = source.addressOf?.(uuid);
  const [address, setAddress] = useState<string | null | undefined>(own);
  useEffect(() => {
    if (own || !isWanted) return;
    let file: Loaded | undefined;
    let hasEnded = false;
    acquire(source, uuid).then(
      (found) => {
        if (hasEnded) return release(uuid, found);
        file = found;
        setAddress(found.address);
      },
      () => !hasEnded && setAddress(null),
    );
    return () => {
      hasEnded = true;
      if (file) release(uuid, file);
      setAddress(undefined);
    };
  }, [source, uuid, own, isWanted]);
  return own ?? address;
}

const IMAGES = /^image\/(?:png|jpeg|gif|webp|avif|bmp)$/;
const TEXTS = /^(?:text\/|application\/(?:json|xml)(?:;|$))/;
const MAX_PREVIEW_BYTES = 256 * 1024;
const MAX_IMAGE_BYTES = 20_000_000;

/** An image that browsers show. */
export const isImage = ({ content_type, size }: UploadedFile) =>
  IMAGES.test(content_type) && size <= MAX_IMAGE_BYTES;

/** A text that is short enough to be read on the page. */
export const isShortText = ({ content_type, size }: UploadedFile) =>
  TEXTS.test(content_type) && size <= MAX_PREVIEW_BYTES;
