/** The web: the console, the portal, and the server's own pages around them. None of it is a part of the API. */
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import { notFound } from '#errors.ts';
import type { App, Deps } from '#platform/http/app.ts';
import { addDemoSignIn } from './demo-sign-in.ts';
import { addFace } from './face.ts';
import { consoleHeaders, portalHeaders } from './headers.ts';
import { sendSessionPage } from './session-page.ts';
import { sendStartPage } from './start-page.ts';

interface Built {
  /** Where `npm run build` puts the files of the faces. They may be missing. */
  webFolder: string;
}

export function faceRoutes(app: App, deps: Deps & Built) {
  const { config, webFolder } = deps;
  const hidden = { config: { access: 'public' as const }, schema: { hide: true } };
  void app.register(fastifyStatic, { serve: false, preCompressed: true }); // gives `reply.sendFile`
  app.get('/', hidden, async (request, reply) => {
    if (!/^\/(?:\?|$)/.test(request.originalUrl)) throw notFound('page'); // the router takes `//` and `*` for it
    return sendStartPage(request, reply, config.dataDir);
  });
  addDemoSignIn(app, deps);
  addFace(app, { path: '/console', folder: join(webFolder, 'console'), headers: consoleHeaders });
  addFace(app, {
    path: '/portal',
    folder: join(webFolder, 'portal'),
    headers: portalHeaders(config.allowedOrigins),
  });
  app.get('/support/session', hidden, async (request, reply) => sendSessionPage(request, reply));
}
