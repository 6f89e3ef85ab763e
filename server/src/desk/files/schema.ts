import Type from 'typebox';
import { Timestamp, Uuid } from '#platform/http/schemas.ts';

export const File = Type.Object(
  {
    uuid: Uuid,
    name: Type.String(),
    size: Type.Integer({ description: 'Bytes.' }),
    extension: Type.String(),
    content_type: Type.String(),
    created_at: Timestamp,
  },
  { $id: 'UploadedFile', description: 'A file.' },
);
export type FileRow = Type.Static<typeof File>;

/** UUIDs of uploads that a new comment takes with it. */
export const FileUuids = Type.Array(Uuid, {
  minItems: 1,
  maxItems: 10,
  description: 'Uploads of one’s own side, not older than 24 hours, that no comment has yet.',
});

export const Extensions = Type.Object({ items: Type.Array(Type.String()) });
