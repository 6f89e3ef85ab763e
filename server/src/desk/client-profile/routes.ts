import { fileLimits } from '#desk/files/limits.ts';
import { clientOf } from '#people/access/access.ts';
import type { App, Deps } from '#platform/http/app.ts';
import { Ref } from '#platform/http/schemas.ts';
import { findClient } from './client-profile.ts';
import { cachedFirstResponse } from './first-response.ts';
import { ClientProfile } from './schema.ts';

export function clientProfileRoutes(app: App, { database, config }: Deps) {
  const firstResponseMinutes = cachedFirstResponse(database.db);

  app.get(
    '/support/me',
    {
      config: { access: 'client' },
      schema: {
        tags: ['Sessions'],
        summary: 'Find the current client',
        operationId: 'getClient',
        description:
          'Returns the account and the contact of the key or session, the limits of files, and how soon support responds.',
        response: { 200: Ref(ClientProfile) },
      },
    },
    async (request) => {
      const [client, first_response_minutes] = await Promise.all([
        findClient(database.db, clientOf(request)),
        firstResponseMinutes(),
      ]);
      return { ...client, ...fileLimits(config), first_response_minutes };
    },
  );
}
