import { File } from '#desk/files/schema.ts';
import { TicketPath } from '#desk/tickets/schema.ts';
import { NewCommentVote, Vote } from '#desk/tickets/votes/schema.ts';
import { deleteCommentVote, voteOnComment } from '#desk/tickets/votes/votes.ts';
import { clientOf } from '#people/access/access.ts';
import type { App, Deps } from '#platform/http/app.ts';
import { etag, expectedVersion, isFresh } from '#platform/http/etag.ts';
import { nextLink } from '#platform/http/next-link.ts';
import { Items, Ref } from '#platform/http/schemas.ts';
import { sendItems } from '#platform/http/send-items.ts';
import { serializer } from '#platform/http/serializer.ts';
import Type from '#platform/type.ts';
import { addComment } from './add.ts';
import { findComment } from './list.ts';
import { markRead } from './mark-read.ts';
import { Comment, CommentQuery, NewComment } from './schema.ts';
import { listComments } from './window.ts';

const CommentPath = Type.Object({ comment_id: Type.Integer({ description: 'The `id` of the comment.' }) });
const tags = ['Comments'];

export function commentRoutes(app: App, { database, write }: Deps) {
  const serialize = serializer(Comment, { File });
  const serializeAll = serializer(Items(Comment), { Comment, File });

  app.post(
    '/support/tickets/:ticket_number/comments',
    {
      config: { access: 'client', limit: 'comments', headers: ['If-Match'] },
      schema: {
        tags,
        summary: 'Create comment to ticket',
        operationId: 'createComment',
        description:
          'With `If-Match` and the ETag of the ticket, returns 412 if the ticket has changed since. The comment is then not stored.',
        params: TicketPath,
        body: NewComment,
        response: { 200: Ref(Comment) },
      },
    },
    (request, reply) =>
      write(
        request,
        reply,
        (tx) =>
          addComment(
            tx,
            clientOf(request),
            request.params.ticket_number,
            request.body,
            expectedVersion(request),
          ),
        { together: !request.body.files?.length && { about: [`ticket ${request.params.ticket_number}`] } },
      ),
  );

  app.get(
    '/support/tickets/:ticket_number/comments',
    {
      config: { access: 'client', headers: ['Prefer'] },
      schema: {
        tags,
        summary: 'Returns ticket comments',
        operationId: 'listComments',
        description:
          'Returns all comments. If they have more than 8 MiB, or with `limit`, the `Link` header has the address of the ' +
          'next ones. Marks the listed comments as read; the response shows their marks from before. ' +
          '`Prefer: read-receipt=none`, HEAD and a 304 do not mark.',
        params: TicketPath,
        querystring: CommentQuery,
        response: { 200: Items(Comment) },
      },
    },
    async (request, reply) => {
      const { ticket_number } = request.params;
      const client = clientOf(request);
      const list = await listComments(database.db, client, ticket_number, request.query);
      const { unread, comments, next } = list;
      const whole = Array.isArray(comments) ? serializeAll({ items: comments }) : undefined;
      const tag = etag(whole ?? (await list.digest()), list, client);
      reply.header('etag', tag);
      if (next) reply.header('link', nextLink(request.url, next));

      const isInactive = /\bread-receipt=none\b/i.test(String(request.headers.prefer ?? ''));
      const marks = client.marksRead && !isInactive && request.method === 'GET' && !isFresh(request, tag);
      const mark = async () => {
        if (unread.length === 0 || !marks) return;
        await database.transact((tx) => markRead(tx, client, ticket_number, unread));
      };
      if (Array.isArray(comments)) {
        await mark();
        return reply.type('application/json; charset=utf-8').send(whole as never); // JSON of the route's schema
      }
      return sendItems(request, reply, { batches: comments, serialize, onEnd: mark });
    },
  );

  app.get(
    '/support/comments/:comment_id',
    {
      config: { access: 'client' },
      schema: {
        tags,
        summary: 'Find comment by ID',
        operationId: 'findComment',
        description: 'Reading one comment does not mark it as read.',
        params: CommentPath,
        response: { 200: Ref(Comment) },
      },
    },
    (request) => findComment(database.db, clientOf(request), request.params.comment_id),
  );

  app.post(
    '/support/comments/:comment_id/vote',
    {
      config: { access: 'client', limit: 'votes' },
      schema: {
        tags,
        summary: 'Evaluating of comment',
        operationId: 'voteOnComment',
        description: 'Only comments of support can be voted on. A new vote replaces the last one.',
        params: CommentPath,
        body: NewCommentVote,
        response: { 200: Ref(Vote) },
      },
    },
    (request, reply) =>
      write(request, reply, (tx) =>
        voteOnComment(tx, clientOf(request), request.params.comment_id, request.body),
      ),
  );

  app.delete(
    '/support/comments/:comment_id/vote',
    {
      config: { access: 'client', limit: 'votes', refuses: ['Conflict'] },
      schema: {
        tags,
        summary: 'Delete the vote on a comment',
        operationId: 'deleteCommentVote',
        description: 'Returns the deleted vote, and 404 if there is none. It stays in the history.',
        params: CommentPath,
        response: { 200: Ref(Vote) },
      },
    },
    (request, reply) =>
      write(request, reply, (tx) => deleteCommentVote(tx, clientOf(request), request.params.comment_id)),
  );
}
