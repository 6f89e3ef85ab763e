import type { App, Deps } from '#platform/http/app.ts';
import { Items } from '#platform/http/schemas.ts';
import { Topic } from './schema.ts';
import { listTopics } from './topics.ts';

export function topicRoutes(app: App, { database }: Deps) {
  app.get(
    '/support/topics',
    {
      config: { access: 'client' },
      schema: {
        tags: ['Topics'],
        summary: 'Returns all topics',
        operationId: 'listTopics',
        description: 'The topics that a new ticket can have, in the order that admins have set.',
        response: { 200: Items(Topic) },
      },
    },
    async () => ({ items: await listTopics(database.db) }),
  );
}
