import { staffOf } from '#people/access/access.ts';
import type { App, Deps } from '#platform/http/app.ts';
import { Items, Ref } from '#platform/http/schemas.ts';
import { NewTopic, StaffTopic, Status, StatusChange, StatusPath, TopicChange, TopicPath } from './schema.ts';
import { addTopic, changeTopic, listAllTopics, listStatuses, renameStatus } from './topics.ts';

const tags = ['Staff: topics and states'];

export function topicStaffRoutes(app: App, { database, write }: Deps) {
  app.get(
    '/staff/topics',
    {
      config: { access: 'staff' },
      schema: {
        tags,
        summary: 'List topics, including archived ones',
        operationId: 'listAllTopics',
        description: 'Returns topics with their position and group.',
        response: { 200: Items(StaffTopic) },
      },
    },
    async () => ({ items: await listAllTopics(database.db) }),
  );

  app.post(
    '/staff/topics',
    {
      config: { access: 'admin' },
      schema: {
        tags,
        summary: 'Add a topic',
        operationId: 'addTopic',
        description: 'The key cannot be changed later.',
        body: NewTopic,
        response: { 200: Ref(StaffTopic) },
      },
    },
    (request, reply) => write(request, reply, (tx) => addTopic(tx, staffOf(request), request.body)),
  );

  app.patch(
    '/staff/topics/:topic_key',
    {
      config: { access: 'admin' },
      schema: {
        tags,
        summary: 'Rename, move or archive a topic',
        operationId: 'changeTopic',
        description:
          'Fields that are left out do not change. Tickets keep an archived topic, but no ticket can be given it.',
        params: TopicPath,
        body: TopicChange,
        response: { 200: Ref(StaffTopic) },
      },
    },
    (request, reply) =>
      write(request, reply, (tx) =>
        changeTopic(tx, staffOf(request), request.params.topic_key, request.body),
      ),
  );

  app.get(
    '/staff/statuses',
    {
      config: { access: 'staff' },
      schema: {
        tags,
        summary: 'List states',
        operationId: 'listStatuses',
        description: '`key` is for programs, the names are for people.',
        response: { 200: Items(Status) },
      },
    },
    async () => ({ items: await listStatuses(database.db) }),
  );

  app.patch(
    '/staff/statuses/:status_key',
    {
      config: { access: 'admin' },
      schema: {
        tags,
        summary: 'Rename a state',
        operationId: 'renameStatus',
        description: 'The name changes everywhere at once. The key cannot be changed.',
        params: StatusPath,
        body: StatusChange,
        response: { 200: Ref(Status) },
      },
    },
    (request, reply) =>
      write(request, reply, (tx) =>
        renameStatus(tx, staffOf(request), request.params.status_key, request.body.name),
      ),
  );
}
