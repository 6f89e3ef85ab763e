import { staffOf } from '#people/access/access.ts';
import type { App, Deps } from '#platform/http/app.ts';
import { Items, Ref } from '#platform/http/schemas.ts';
import { Tag, TagChange, TagPath } from './schema.ts';
import { applyTagChanges, countTag, deleteTag, listTags, renameTag } from './tags.ts';

const tags = ['Staff: tags'];

/** A change is not a single transaction: it is recorded, applied in batches, and then the response is sent. */
export function tagStaffRoutes(app: App, { database }: Deps) {
  app.get(
    '/staff/tags',
    {
      config: { access: 'staff' },
      schema: {
        tags,
        summary: 'List tags with the number of their tickets',
        operationId: 'listTags',
        description: 'Returns every tag that is used.',
        response: { 200: Items(Tag) },
      },
    },
    async () => ({ items: await listTags(database.db) }),
  );

  app.patch(
    '/staff/tags/:tag',
    {
      config: { access: 'admin', refuses: ['Conflict'] },
      schema: {
        tags,
        summary: 'Rename a tag in all tickets, or merge it into another',
        operationId: 'renameTag',
        description: 'If another tag has the new name, the two tags become one.',
        params: TagPath,
        body: TagChange,
        response: { 200: Ref(Tag) },
      },
    },
    async (request) => {
      const { name } = request.body;
      await database.transact((tx) => renameTag(tx, staffOf(request), request.params.tag, name));
      await applyTagChanges(database);
      return countTag(database.db, name);
    },
  );

  app.delete(
    '/staff/tags/:tag',
    {
      config: { access: 'admin' },
      schema: {
        tags,
        summary: 'Remove a tag from all tickets',
        operationId: 'deleteTag',
        description: 'Returns the tag with the number of tickets that had it.',
        params: TagPath,
        response: { 200: Ref(Tag) },
      },
    },
    async (request) => {
      const tag = await database.transact((tx) => deleteTag(tx, staffOf(request), request.params.tag));
      await applyTagChanges(database);
      return tag;
    },
  );
}
