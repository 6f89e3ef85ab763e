import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FileStore } from '#desk/files/store.ts';
import { Comment, StaffComment } from '#desk/tickets/comments/schema.ts';
import { clientOf, staffOf } from '#people/access/access.ts';
import type { Tx } from '#platform/db/database.ts';
import type { App, Deps } from '#platform/http/app.ts';
import { Ref } from '#platform/http/schemas.ts';
import Type from '#platform/type.ts';
import { redactComment } from './comments.ts';
import { redactFile } from './files.ts';
import { FileRedaction, StaffFileRedaction } from './schema.ts';

const CommentPath = Type.Object({ comment_id: Type.Integer({ description: 'The `id` of the comment.' }) });
const FilePath = Type.Object({ uuid: Type.String({ format: 'uuid', description: 'The UUID of the file.' }) });

/** The routes of each side, with their access and response. */
const sides = [
  {
    access: 'client',
    actorOf: clientOf,
    description: 'For the author of the comment, within 15 minutes.',
    comments: {
      path: '/support/comments',
      operationId: 'redactComment',
      tags: ['Comments'],
      what: 'comment',
      shown: Ref(Comment),
    },
    files: {
      path: '/files/public/files',
      operationId: 'redactFile',
      tags: ['Files'],
      shown: FileRedaction,
    },
  },
  {
    access: 'staff',
    actorOf: staffOf,
    description: 'For admins at any time, for the author within 15 minutes.',
    comments: {
      path: '/staff/comments',
      operationId: 'redactStaffComment',
      tags: ['Staff: tickets'],
      what: 'comment or note',
      shown: Ref(StaffComment),
    },
    files: {
      path: '/staff/files',
      operationId: 'redactStaffFile',
      tags: ['Staff: tickets'],
      shown: StaffFileRedaction,
    },
  },
] as const;

export function redactionRoutes(app: App, { write, files }: Deps & { files: FileStore }) {
  for (const { access, actorOf, description, ...of } of sides) {
    app.post(
      `${of.comments.path}/:comment_id/redact`,
      {
        config: { access },
        schema: {
          tags: of.comments.tags,
          summary: `Remove the text and the files of a ${of.comments.what} for good`,
          description,
          operationId: of.comments.operationId,
          params: CommentPath,
          response: { 200: of.comments.shown },
        },
      },
      (request, reply) =>
        thenRemoveBytes(request, reply, async (tx) => {
          const { comment, blobs } = await redactComment(tx, actorOf(request), request.params.comment_id);
          return { shown: comment, blobs };
        }),
    );

    app.post(
      `${of.files.path}/:uuid/redact`,
      {
        config: { access },
        schema: {
          tags: of.files.tags,
          summary: 'Remove a file for good',
          description,
          operationId: of.files.operationId,
          params: FilePath,
          response: { 200: of.files.shown },
        },
      },
      (request, reply) =>
        thenRemoveBytes(request, reply, async (tx) => {
          const { redaction, blobs } = await redactFile(tx, actorOf(request), request.params.uuid);
          return { shown: redaction, blobs };
        }),
    );
  }

  /**
   * Removes the bytes once nothing refers to them. After a failure, the sweep of files removes them within the hour.
   */
  async function thenRemoveBytes<T>(
    request: FastifyRequest,
    reply: FastifyReply,
    verb: (tx: Tx) => Promise<{ shown: T; blobs: string[] }>,
  ): Promise<T> {
    let unreferenced: string[] = [];
    const response = await write(request, reply, async (tx) => {
      const { shown, blobs } = await verb(tx);
      unreferenced = blobs;
      return shown;
    });
    for (const blob of unreferenced) await files.remove(blob).catch(() => {});
    return response;
  }
}
