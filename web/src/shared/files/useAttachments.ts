/** The files of a composer: those that have arrived, which the draft keeps, and those on their way. */
import type { UploadedFile } from '#api/generated/types.gen.ts';
import type { DraftState } from '#shared/drafts.ts';
import {
  type Arrived,
  addUploads,
  cancelUpload,
  retryUpload,
  takeUploads,
  type Upload,
  useUploads,
} from '#shared/uploads.ts';
import { type FileLimits, refuseFile } from './limits.ts';

export interface Attachments {
  limits: FileLimits;
  files: UploadedFile[];
  uploads: Upload[];
  isEmpty: boolean;
  isUploading: boolean;
  add(files: Iterable<File>): void;
  /** Removes one that has arrived. */
  remove(uuid: string): void;
  cancel(id: string): void;
  retry(id: string): void;
  /** For sending: what is still on its way, as `send` of the outbox waits for it. Call it before `draft.clear()`. */
  take(): Promise<Arrived> | null;
}

interface AttachmentsOptions {
  /** The name of the draft. */
  name: string;
  draft: DraftState;
  /** Where files are sent. */
  url: string;
  limits: FileLimits;
}

export function useAttachments({ name, draft, url, limits }: AttachmentsOptions): Attachments {
  const uploads = useUploads(name);
  const { files } = draft;
  const moving = uploads.filter(({ state }) => state !== 'failed').length;
  return {
    limits,
    files,
    uploads,
    isEmpty: files.length + uploads.length === 0,
    isUploading: moving > 0,
    add: (added) =>
      addUploads({ draft: name, url }, added, (file, index) =>
        refuseFile(file, files.length + moving + index, limits),
      ),
    remove: (uuid) => draft.setFiles(files.filter((file) => file.uuid !== uuid)),
    cancel: cancelUpload,
    retry: retryUpload,
    take: () => takeUploads(name),
  };
}
