/** The HTTP server: every plugin and route, by hand, in order. */
import { randomUUID } from 'node:crypto';
import multipart from '@fastify/multipart';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import Fastify, { LogController } from 'fastify';
import { auditStaffRoutes } from '#desk/audit/staff-routes.ts';
import { bulkStaffRoutes } from '#desk/bulk/staff-routes.ts';
import { CannedResponse } from '#desk/canned-responses/schema.ts';
import { cannedStaffRoutes } from '#desk/canned-responses/staff-routes.ts';
import { DelayedReply } from '#desk/delayed-replies/schema.ts';
import { delayedReplyStaffRoutes } from '#desk/delayed-replies/staff-routes.ts';
import { Draft } from '#desk/drafts/schema.ts';
import { draftStaffRoutes } from '#desk/drafts/staff-routes.ts';
import { Erasure } from '#desk/erasure/schema.ts';
import { erasureStaffRoutes } from '#desk/erasure/staff-routes.ts';
import { withEventTypes } from '#desk/feed/event-schemas.ts';
import { eventRoutes } from '#desk/feed/routes.ts';
import { Event, StaffEvent } from '#desk/feed/schema.ts';
import type { Streams } from '#desk/feed/stream.ts';
import { fileRoutes } from '#desk/files/routes.ts';
import { File } from '#desk/files/schema.ts';
import type { FileStore } from '#desk/files/store.ts';
import { InactivityRule } from '#desk/inactivity/schema.ts';
import { autoStaffRoutes } from '#desk/inactivity/staff-routes.ts';
import { Presence } from '#desk/presence/schema.ts';
import { presenceStaffRoutes } from '#desk/presence/staff-routes.ts';
import { QueueTicket } from '#desk/queue/schema.ts';
import { queueStaffRoutes } from '#desk/queue/staff-routes.ts';
import { View } from '#desk/queue/views/schema.ts';
import { viewStaffRoutes } from '#desk/queue/views/staff-routes.ts';
import { redactionRoutes } from '#desk/redaction/routes.ts';
import { reportStaffRoutes } from '#desk/reports/staff-routes.ts';
import { SetAsideEvent } from '#desk/set-aside-events/schema.ts';
import { setAsideEventStaffRoutes } from '#desk/set-aside-events/staff-routes.ts';
import { Calendar, SlaPolicy } from '#desk/sla/schema.ts';
import { slaStaffRoutes } from '#desk/sla/staff-routes.ts';
import { Tag } from '#desk/tags/schema.ts';
import { tagStaffRoutes } from '#desk/tags/staff-routes.ts';
import { accountMoveRoutes } from '#desk/tickets/account-routes.ts';
import { commentRoutes } from '#desk/tickets/comments/routes.ts';
import { Comment, StaffComment } from '#desk/tickets/comments/schema.ts';
import { ticketRoutes } from '#desk/tickets/routes.ts';
import { StaffTicket, Ticket } from '#desk/tickets/schema.ts';
import { ticketStaffRoutes } from '#desk/tickets/staff-routes.ts';
import { ticketVerbRoutes } from '#desk/tickets/verb-routes.ts';
import { Vote } from '#desk/tickets/votes/schema.ts';
import { topicRoutes } from '#desk/topics/routes.ts';
import { StaffTopic, Status, Topic } from '#desk/topics/schema.ts';
import { topicStaffRoutes } from '#desk/topics/staff-routes.ts';
import { StaffTicketWithComments } from '#desk/workspace/schema.ts';
import { workspaceStaffRoutes } from '#desk/workspace/staff-routes.ts';
import { guardAccess } from '#people/access/access.ts';
import { Account } from '#people/accounts/schema.ts';
import { accountStaffRoutes } from '#people/accounts/staff-routes.ts';
import { authenticate } from '#people/authenticate.ts';
import { sessionRoutes } from '#people/sso/routes.ts';
import { AccountSession, ClientSession, OpenedClientSession, SignInLink } from '#people/sso/schema.ts';
import { ssoStaffRoutes } from '#people/sso/staff-routes.ts';
import { AddedSsoKey, SsoKey } from '#people/sso-keys/schema.ts';
import { ssoKeyRoutes } from '#people/sso-keys/staff-routes.ts';
import { ownCredentialRoutes } from '#people/staff/own-routes.ts';
import { InvitedMember, StaffMember } from '#people/staff/schema.ts';
import { oidcRoutes } from '#people/staff/sessions/oidc-routes.ts';
import { Session } from '#people/staff/sessions/schema.ts';
import { sessionStaffRoutes } from '#people/staff/sessions/staff-routes.ts';
import { memberStaffRoutes } from '#people/staff/staff-routes.ts';
import { ownTokenRoutes } from '#people/tokens/own-routes.ts';
import { IssuedToken, Token } from '#people/tokens/schema.ts';
import { tokenStaffRoutes } from '#people/tokens/staff-routes.ts';
import type { Database } from '#platform/db/database.ts';
import { trackLastUse } from '#platform/db/track-last-use.ts';
import type { App, Deps } from '#platform/http/app.ts';
import { readBodies } from '#platform/http/bodies.ts';
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
import { isEmail, Problem } from '#platform/http/schemas.ts';
import { buildSerializer } from '#platform/http/serializer.ts';
import { createUploadLimits } from '#platform/http/upload-limits.ts';
import { createWrite } from '#platform/http/write.ts';
import type { Actor } from './actor.ts';
import type { Config } from './config.ts';
import { examples } from './examples.ts';
import { followers } from './followers.ts';

interface AppOptions extends Omit<Deps, 'write'> {
  files: FileStore;
  streams: Streams;
  health: Health;
  version: string;
  /** Where the log goes; the standard output by default. */
  logStream?: NodeJS.WritableStream;
}

const sharedSchemas = [
  Problem,
  Vote,
  File,
  Ticket,
  StaffTicket,
  StaffTicketWithComments,
  Draft,
  DelayedReply,
  Presence,
  QueueTicket,
  View,
  Comment,
  StaffComment,
  Topic,
  StaffTopic,
  Status,
  Account,
  Erasure,
  Token,
  IssuedToken,
  StaffMember,
  InvitedMember,
  Session,
  ClientSession,
  OpenedClientSession,
  AccountSession,
  SignInLink,
  SsoKey,
  AddedSsoKey,
  Event,
  StaffEvent,
  CannedResponse,
  Tag,
  Calendar,
  SlaPolicy,
  InactivityRule,
  SetAsideEvent,
];

const routes = [
  ticketRoutes,
  commentRoutes,
  redactionRoutes,
  topicRoutes,
  fileRoutes,
  eventRoutes,
  ticketStaffRoutes,
  workspaceStaffRoutes,
  accountMoveRoutes,
  ticketVerbRoutes,
  queueStaffRoutes,
  bulkStaffRoutes,
  draftStaffRoutes,
  delayedReplyStaffRoutes,
  presenceStaffRoutes,
  viewStaffRoutes,
  reportStaffRoutes,
  auditStaffRoutes,
  topicStaffRoutes,
  accountStaffRoutes,
  erasureStaffRoutes,
  tokenStaffRoutes,
  ownTokenRoutes,
  memberStaffRoutes,
  ownCredentialRoutes,
  sessionStaffRoutes,
  sessionRoutes,
  ssoStaffRoutes,
  ssoKeyRoutes,
  oidcRoutes,
  cannedStaffRoutes,
  tagStaffRoutes,
  slaStaffRoutes,
  autoStaffRoutes,
  setAsideEventStaffRoutes,
];

export async function buildApp(options: AppOptions): Promise<App> {
  const { config, database, health, streams, version } = options;
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
    schemaController: { compilersFactory: { buildSerializer } },
    ajv: {
      customOptions: { coerceTypes: false, removeAdditional: false, allErrors: true, allowUnionTypes: true },
      onCreate: (ajv) => void ajv.addFormat('email', isEmail),
    },
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
