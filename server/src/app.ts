/** The HTTP server: every plugin and route, by hand, in order. */
import { randomUUID } from 'node:crypto';
import multipart from '@fastify/multipart';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import Fastify, { LogController } from 'fastify';
import { withEventTypes } from '#desk/feed/event-schemas.ts';
import type { Streams } from '#desk/feed/stream.ts';
import type { FileStore } from '#desk/files/store.ts';
import { guardAccess } from '#people/access/access.ts';
import { authenticate } from '#people/authenticate.ts';
import type { Database } from '#platform/db/database.ts';
import { trackLastUse } from '#platform/db/track-last-use.ts';
import type { FeedFollower } from '#platform/events/feed-follower.ts';
import type { App, Deps } from '#platform/http/app.ts';
import { readBodies } from '#platform/http/bodies.ts';
import { compileAtFirstUse } from '#platform/http/compilers.ts';
import { compressResponses } from '#platform/http/compress.ts';
import { boundConnections } from '#platform/http/connections.ts';
import { allowOrigins } from '#platform/http/cors.ts';
import { handleErrors, sendError, sendUnparsable } from '#platform/http/errors.ts';
import { addEtags } from '#platform/http/etag.ts';
import type { Limits } from '#platform/http/limits.ts';
import { errorForLog, logSlowAndFailed } from '#platform/http/log.ts';
import { exposeMetrics, type Health } from '#platform/http/metrics.ts';
import { describeApi } from '#platform/http/openapi.ts';
import { convertParameters, parseQuery } from '#platform/http/parameters.ts';
import { decoratePublicUrl } from '#platform/http/public-url.ts';
import { collectRoutes } from '#platform/http/routes.ts';
import { createUploadLimits } from '#platform/http/upload-limits.ts';
import { createWrite } from '#platform/http/write.ts';
import type { Actor } from './actor.ts';
import type { Config } from './config.ts';
import { examples } from './examples.ts';
import { routes, sharedSchemas } from './routes.ts';

interface AppOptions extends Omit<Deps, 'write'> {
  files: FileStore;
  streams: Streams;
  /** The followers whose lag is in the metrics. */
  followers: FeedFollower[];
  health: Health;
  /** Where the build of the web faces is; it may be missing. */
  webFolder: string;
  version: string;
  /** Where the log goes; the standard output by default. */
  logStream?: NodeJS.WritableStream;
}

export async function buildApp(options: AppOptions): Promise<App> {
  const { config, database, health, streams, followers, version } = options;
  const app = Fastify({
    logger: {
      level: config.logLevel,
      stream: options.logStream,
      base: null,
      serializers: { err: errorForLog },
    },
    // Logging every request costs 40 to 70 % of the throughput. Slow and failed ones are logged below.
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => randomUUID(),
    trustProxy: config.trustProxy === '' ? false : config.trustProxy,
    requestTimeout: 300_000, // enough for the largest file over a slow connection
    connectionTimeout: 60_000, // without a byte in either direction; streams ping more often
    keepAliveTimeout: 30_000,
    forceCloseConnections: 'idle',
    http: {
      requireHostHeader: false, // Node would refuse it with an empty response; platform/http/errors.ts refuses it with a problem
      headersTimeout: 10_000,
      connectionsCheckingInterval: 2000, // how late the two timeouts may be noticed
    },
    return503OnClosing: false, // requests on open connections are served until the drain ends
    routerOptions: { querystringParser: parseQuery, maxParamLength: 500, ignoreTrailingSlash: true },
    frameworkErrors: sendError,
    clientErrorHandler: sendUnparsable,
  }).withTypeProvider<TypeBoxTypeProvider>();
  const connections = boundConnections(app, config.maxConnections);

  decoratePublicUrl(app, config.publicUrl);
  collectRoutes(app);
  handleErrors(app);
  readBodies(app, config.maxBodyBytesInProgress);
  await app.register(multipart);
  logSlowAndFailed(app, config.logSlowMs);
  allowOrigins(app, config.allowedOrigins);
  for (const schema of sharedSchemas) app.addSchema(schema);
  compileAtFirstUse(app);
  await describeApi(app, { version, examples, withDetails: withEventTypes });

  const limits = limitsOf(config);
  const deps = {
    ...options,
    write: createWrite(database, limits),
    uploadLimits: createUploadLimits(database, limits),
  };
  await app.register(async (guarded) => {
    guardAccess(guarded, {
      authenticate: (request) => authenticate(database.db, request),
      recordUse: noteUse(app, database),
    });
    guarded.addHook('preValidation', async (request) => convertParameters(request));
    addEtags(guarded);
    compressResponses(guarded);
    exposeMetrics(guarded, {
      database,
      streams,
      followers,
      connections,
      health,
      metricsToken: config.metricsToken,
    });
    for (const add of routes) add(guarded, deps);
  });
  await app.ready();
  return app;
}

function noteUse(app: App, database: Database) {
  const [tokens, sessions] = [
    trackLastUse(database, 'tokens', 'token_id'),
    trackLastUse(database, 'staff_sessions', 'session_id'),
  ];
  app.addHook('onClose', async () => {
    await tokens.stop();
    await sessions.stop();
  });
  return (actor: Actor) => {
    if (actor.kind === 'staff' && actor.sessionId !== null) sessions.note(actor.sessionId);
    else if (actor.kind !== 'system' && actor.tokenId !== null) tokens.note(actor.tokenId);
  };
}

function limitsOf(config: Config): Limits {
  return {
    tickets: config.ticketsPerMinute,
    comments: config.commentsPerMinute,
    uploads: config.uploadsPerMinute,
    staff_uploads: config.staffUploadsPerMinute,
    reads: config.readsPerMinute,
    votes: config.votesPerMinute,
    changes: config.changesPerMinute,
  };
}
