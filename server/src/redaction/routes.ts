import type { FastifyReply, FastifyRequest } from 'fastify';
import Type from 'typebox';
import type { App, Deps } from '../app.ts';
import { Comment, StaffComment } from '../comments/schema.ts';
import type { Tx } from '../db/database.ts';
import { clientOf, staffOf } from '../http/access.ts';
import { Ref } from '../http/schemas.ts';
import { redactComment } from './comments.ts';
import { redactFile } from './files.ts';
import { FileRedaction, StaffFileRedaction } from './schema.ts';

const CommentPath = Type.Object({ comment_id: Type.Integer({ description: 'The `id` of the comment.' }) });
const FilePath = Type.Object({ uuid: Type.String({ format: 'uuid', description: 'Of a file.' }) });
const ofClient = 'Of a comment of one’s own, within 15 minutes.';
const ofStaff = 'An admin any time, its author within 15 minutes.';

export function redactionRoutes(app: App, { write, files }: Deps) {
  app.post(
    '/support/comments/:comment_id/redact',
    {
      config: { access: 'client' },
      schema: {
        tags: ['Comments'],
        summary: 'Remove the text and the files of a comment for good',
        description: ofClient,
        operationId: 'redactComment',
        params: CommentPath,
        response: { 200: Ref(Comment) },
      },
    },
    (request, reply) => redactCommentAs(clientOf(request), request.params.comment_id, request, reply),
  );

  app.post(
    '/files/public/files/:uuid/redact',
    {
      config: { access: 'client' },
      schema: {
        tags: ['Files'],
        summary: 'Remove a file for good',
        description: ofClient,
        operationId: 'redactFile',
        params: FilePath,
        response: { 200: FileRedaction },
      },
    },
    (request, reply) => redactFileAs(clientOf(request), request.params.uuid, request, reply),
  );

  app.post(
    '/staff/comments/:comment_id/redact',
    {
      config: { access: 'staff' },
      schema: {
        tags: ['Staff: tickets'],
        summary: 'Remove the text and the files of a comment or note for good',
        description: ofStaff,
        operationId: 'redactStaffComment',
        params: CommentPath,
        response: { 200: Ref(StaffComment) },
      },
    },
    (request, reply) => redactCommentAs(staffOf(request), request.params.comment_id, request, reply),
  );

  app.post(
    '/staff/files/:uuid/redact',
    {
      config: { access: 'staff' },
      schema: {
        tags: ['Staff: tickets'],
        summary: 'Remove a file for good',
        description: ofStaff,
        operationId: 'redactStaffFile',
        params: FilePath,
        response: { 200: StaffFileRedaction },
      },
    },
    (request, reply) => redactFileAs(staffOf(request), request.params.uuid, request, reply),
  );

  const redactCommentAs = (
    actor: Parameters<typeof redactComment>[1],
    id: number,
    request: FastifyRequest,
    reply: FastifyReply,
  ) =>
    removing(request, reply, async (tx) => {
      const { comment, blobs } = await redactComment(tx, actor, id);
      return { shown: comment, blobs };
    });

  const redactFileAs = (
    actor: Parameters<typeof redactFile>[1],
    uuid: string,
    request: FastifyRequest,
    reply: FastifyReply,
  ) =>
    removing(request, reply, async (tx) => {
      const { redaction, blobs } = await redactFile(tx, actor, uuid);
      return { shown: redaction, blobs };
    });

  /** Removes the bytes once nothing names them; what a failure leaves, the sweep of files removes within the hour. */
  async function removing<T>(
    request: FastifyRequest,
    reply: FastifyReply,
    verb: (tx: Tx) => Promise<{ shown: T; blobs: string[] }>,
  ): Promise<T> {
    let gone: string[] = [];
    const answer = await write(request, reply, async (tx) => {
      const { shown, blobs } = await verb(tx);
      gone = blobs;
      return shown;
    });
    for (const blob of gone) await files.remove(blob).catch(() => {});
    return answer;
  }
}
