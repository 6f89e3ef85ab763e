import { Timestamp, Uuid } from '#platform/http/schemas.ts';
import Type from '#platform/type.ts';

export const File = Type.Object(
  {
    uuid: Uuid,
    name: Type.String(),
    size: Type.Integer({ description: 'In bytes.' }),
    extension: Type.String(),
    content_type: Type.String(),
    created_at: Timestamp,
  },
  { $id: 'UploadedFile', description: 'A file.' },
);
export type FileRow = Type.Static<typeof File>;

/** The largest number of files of a comment. */
export const MAX_FILES = 10;

/** UUIDs of uploads to attach to a new comment. */
export const FileUuids = Type.Array(Uuid, {
  minItems: 1,
  maxItems: MAX_FILES,
  description: 'UUIDs of files that the same side has uploaded within 24 hours and that no comment has yet.',
});

export const FileLimits = Type.Object({
  max_file_bytes: Type.Integer({ description: 'The largest size of an uploaded file.' }),
  max_files: Type.Integer({ description: `The largest number of files of a comment: ${MAX_FILES}.` }),
  extensions: Type.Array(Type.String(), { description: 'The extensions that may be uploaded.' }),
});
export type FileLimits = Type.Static<typeof FileLimits>;

export const Extensions = Type.Object({ items: Type.Array(Type.String()) });
