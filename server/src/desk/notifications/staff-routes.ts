import { staffOf } from '#people/access/access.ts';
import type { App, Deps } from '#platform/http/app.ts';
import { listNotifications, markNotificationsRead } from './notifications.ts';
import { Notifications, ReadQuery } from './schema.ts';

const tags = ['Staff: tickets'];

export function notificationStaffRoutes(app: App, { database }: Deps) {
  app.get(
    '/staff/notifications',
    {
      config: { access: 'staff' },
      schema: {
        tags,
        summary: 'List your notifications',
        operationId: 'listNotifications',
        description:
          'Returns what concerns you and you have not read. Of one ticket there is at most one of each reason, the latest.',
        response: { 200: Notifications },
      },
    },
    (request) => listNotifications(database.db, staffOf(request)),
  );

  app.delete(
    '/staff/notifications',
    {
      config: { access: 'staff' },
      schema: {
        tags,
        summary: 'Mark your notifications as read',
        operationId: 'markNotificationsRead',
        description:
          'Removes all, or those of a ticket, and returns those that are left. Tickets and mentions stay as they are.',
        querystring: ReadQuery,
        response: { 200: Notifications },
      },
    },
    (request) => markNotificationsRead(database.db, staffOf(request), request.query),
  );
}
