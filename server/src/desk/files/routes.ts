import { rm } from 'node:fs/promises';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ClientActor, StaffActor } from '#actor.ts';
import type { FileStore } from '#desk/files/store.ts';
import { clientOf, staffOf } from '#people/access/access.ts';
import type { Tx } from '#platform/db/database.ts';
import type { App, Deps } from '#platform/http/app.ts';
import { bytes, upload as uploaded } from '#platform/http/openapi-parts.ts';
import { Ref } from '#platform/http/schemas.ts';
import type { UploadLimits } from '#platform/http/upload-limits.ts';
import Type from '#platform/type.ts';
import { kinds } from './extensions.ts';
import { addFile, findFile } from './files.ts';
import { fileLimits } from './limits.ts';
import { type Received, receiveFile } from './receive.ts';
import { Extensions, File, FileLimits } from './schema.ts';
import { sendContent } from './send.ts';

const FilePath = Type.Object({
  uuid: Type.String({ format: 'uuid', description: 'The UUID of the file.' }),
});
const tags = ['Files'];

export function fileRoutes(
  app: App,
  { database, write, files, config, uploadLimits }: Deps & { files: FileStore; uploadLimits: UploadLimits },
) {
  app.post(
    '/files/public/files',
    {
      config: { access: 'client', refuses: ['TooManyRequests'], requestBody: uploaded },
      schema: {
        tags,
        summary: 'Upload a file',
        operationId: 'uploadFile',
        description: 'Use the UUID in a ticket or a comment within 24 hours.',
        response: { 200: Ref(File) },
      },
    },
    (request, reply) => upload(request, reply, clientOf(request)),
  );

  app.get(
    '/files/public/files/extensions',
    {
      config: { access: 'client' },
      schema: {
        tags,
        summary: 'Extensions that may be uploaded',
        operationId: 'listExtensions',
        description: 'The content of a file must match its extension.',
        response: { 200: Extensions },
      },
    },
    async () => ({ items: [...kinds.keys()] }),
  );

  app.get(
    '/files/public/files/:uuid',
    {
      config: { access: 'client' },
      schema: {
        tags,
        summary: 'Find file by UUID',
        operationId: 'findFile',
        description: 'Returns the name, size and type of a file. A file of another account gives 404.',
        params: FilePath,
        response: { 200: Ref(File) },
      },
    },
    (request) => findFile(database.db, clientOf(request), request.params.uuid),
  );

  app.get(
    '/files/public/files/:uuid/content',
    {
      config: { access: 'client', headers: ['Range'], produces: bytes },
      schema: {
        tags,
        summary: 'Download a file',
        operationId: 'downloadFile',
        description: 'Returns the bytes of the file, or one range of them, as an attachment.',
        params: FilePath,
      },
    },
    async (request, reply) =>
      sendContent(request, reply, files, await findFile(database.db, clientOf(request), request.params.uuid)),
  );

  app.post(
    '/staff/files',
    {
      config: { access: 'staff', refuses: ['TooManyRequests'], requestBody: uploaded },
      schema: {
        tags: ['Staff: tickets'],
        summary: 'Upload a file for a reply',
        operationId: 'uploadStaffFile',
        description: 'Use the UUID in a reply, a note or a draft within 24 hours.',
        response: { 200: Ref(File) },
      },
    },
    (request, reply) => upload(request, reply, staffOf(request)),
  );

  app.get(
    '/staff/files/limits',
    {
      config: { access: 'staff' },
      schema: {
        tags: ['Staff: tickets'],
        summary: 'Find the limits of files',
        operationId: 'getFileLimits',
        description: 'Returns what may be uploaded. For clients it is in `GET /support/me`.',
        response: { 200: FileLimits },
      },
    },
    async () => fileLimits(config),
  );

  app.get(
    '/staff/files/:uuid/content',
    {
      config: { access: 'staff', headers: ['Range'], produces: bytes },
      schema: {
        tags: ['Staff: tickets'],
        summary: 'Download a file',
        operationId: 'downloadStaffFile',
        description: 'Returns the bytes of a file of any account, or one range of them, as an attachment.',
        params: FilePath,
      },
    },
    async (request, reply) =>
      sendContent(request, reply, files, await findFile(database.db, staffOf(request), request.params.uuid)),
  );

  async function upload(request: FastifyRequest, reply: FastifyReply, actor: ClientActor | StaffActor) {
    const slot = await uploadLimits.begin(actor);
    // Once the insert is sent, a failure does not say whether it was committed: it counts, and the sweep cleans up.
    const written = { mayBe: false };
    try {
      const received = await receiveFile(request, files.temporaryDir, config.maxFileBytes);
      const name = async (tx: Tx) => {
        const file = await addFile(tx, actor, received.upload);
        written.mayBe = true;
        reply.headers(slot.headers);
        slot.end(); // before the response: on receiving it, the client may start the next upload
        return file;
      };
      const body = { hash: received.upload.sha256, onReplay: slot.refund };
      return await storeUpload(received, written, () => write(request, reply, name, { body }));
    } catch (error) {
      if (!written.mayBe) await database.transact(slot.refund).catch(() => {}); // the limit resets after a minute
      throw error;
    } finally {
      slot.end();
    }
  }

  /** Bytes are stored before the row: a crash in between leaves bytes for the sweep, never a row without bytes. */
  async function storeUpload<T>(
    { path, upload }: Received,
    written: { mayBe: boolean },
    write: () => Promise<T>,
  ) {
    try {
      await files.put(upload.blob, path, upload.size);
      return await write();
    } finally {
      await rm(path, { force: true });
      if (!written.mayBe) await files.remove(upload.blob).catch(() => {}); // the sweep removes it later
    }
  }
}
