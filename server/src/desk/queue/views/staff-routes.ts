import { staffOf } from '#people/access/access.ts';
import type { App, Deps } from '#platform/http/app.ts';
import { Items, Ref } from '#platform/http/schemas.ts';
import { NewView, View, ViewChange, ViewCounts, ViewPath } from './schema.ts';
import { addView, changeView, countViews, deleteView, listViews } from './views.ts';

const tags = ['Staff: queue'];

export function viewStaffRoutes(app: App, { database, write }: Deps) {
  app.get(
    '/staff/views',
    {
      config: { access: 'staff' },
      schema: {
        tags,
        summary: 'List own and shared views',
        operationId: 'listViews',
        description: 'Returns your own views and those that all staff share.',
        response: { 200: Items(View) },
      },
    },
    async (request) => ({ items: await listViews(database.db, staffOf(request)) }),
  );

  app.get(
    '/staff/counts/views',
    {
      config: { access: 'staff' },
      schema: {
        tags,
        summary: 'Count the tickets of each view',
        operationId: 'countViews',
        description: 'Exact up to 999; 1000 means more.',
        response: { 200: ViewCounts },
      },
    },
    async (request) => ({ items: await countViews(database.db, staffOf(request)) }),
  );

  app.post(
    '/staff/views',
    {
      config: { access: 'staff' },
      schema: {
        tags,
        summary: 'Save a view',
        operationId: 'addView',
        description: 'Everything that the filter refers to must exist. Only an admin can share a view.',
        body: NewView,
        response: { 200: Ref(View) },
      },
    },
    (request, reply) => write(request, reply, (tx) => addView(tx, staffOf(request), request.body)),
  );

  app.patch(
    '/staff/views/:view_id',
    {
      config: { access: 'staff' },
      schema: {
        tags,
        summary: 'Change a view',
        operationId: 'changeView',
        description: 'Fields that are left out do not change. Only an admin can change a shared view.',
        params: ViewPath,
        body: ViewChange,
        response: { 200: Ref(View) },
      },
    },
    (request, reply) =>
      write(request, reply, (tx) => changeView(tx, staffOf(request), request.params.view_id, request.body)),
  );

  app.delete(
    '/staff/views/:view_id',
    {
      config: { access: 'staff' },
      schema: {
        tags,
        summary: 'Delete a view',
        operationId: 'deleteView',
        description: 'Returns the deleted view. Only an admin can delete a shared view.',
        params: ViewPath,
        response: { 200: Ref(View) },
      },
    },
    (request, reply) =>
      write(request, reply, (tx) => deleteView(tx, staffOf(request), request.params.view_id)),
  );
}
