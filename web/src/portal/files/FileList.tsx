import { downloadFile } from '#api/generated/sdk.gen.ts';
import type { UploadedFile } from '#api/generated/types.gen.ts';
import { FileList as SharedFileList } from '#shared/files/FileList.tsx';
import type { FileSource } from '#shared/files/source.ts';

/** The key of the client is a header, which an address in a page cannot carry. */
const source: FileSource = {
  load: async (uuid) => (await downloadFile({ path: { uuid }, parseAs: 'blob' })) as Blob, // parseAs says so
};

export const FileList = ({ files }: { files: UploadedFile[] }) => (
  <SharedFileList files={files} source={source} />
);
