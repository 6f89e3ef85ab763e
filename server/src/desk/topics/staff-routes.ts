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
        summary: 'All topics, archived ones too',
        operationId: 'listAllTopics',
        description: 'With their order, and the group whose members take their tickets.',
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
        description: 'The key never changes.',
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
          'A field that is left out stays as it is. An archived topic stays on its tickets and takes no new ones.',
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
        summary: 'States and their names',
        operationId: 'listStatuses',
        description: 'Programs read `key`; the names are for people.',
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
        description: 'What people read changes everywhere at once; the key stays.',
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
