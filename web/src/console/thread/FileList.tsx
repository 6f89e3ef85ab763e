import { downloadStaffFile } from '#api/generated/sdk.gen.ts';
import type { UploadedFile } from '#api/generated/types.gen.ts';
import { FileList as SharedFileList } from '#shared/files/FileList.tsx';
import type { FileSource } from '#shared/files/source.ts';

const source: FileSource = {
  addressOf: (uuid) => `/staff/files/${uuid}/content`,
  load: async (uuid) => (await downloadStaffFile({ path: { uuid }, parseAs: 'blob' })) as Blob, // parseAs says so
};

export const FileList = ({ files }: { files: UploadedFile[] }) => (
  <SharedFileList files={files} source={source} />
);
