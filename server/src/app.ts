/** The HTTP server: every plugin and route, by hand, in order. */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import multipart from '@fastify/multipart';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import Fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  LogController,
  type RawServerDefault,
} from 'fastify';
import { Account } from './accounts/schema.ts';
import { accountStaffRoutes } from './accounts/staff-routes.ts';
import type { Actor } from './actor.ts';
import { auditStaffRoutes } from './audit/staff-routes.ts';
import { AutoRule } from './auto/schema.ts';
import { autoStaffRoutes } from './auto/staff-routes.ts';
import { bulkStaffRoutes } from './bulk/staff-routes.ts';
import { CannedAnswer } from './canned/schema.ts';
import { cannedStaffRoutes } from './canned/staff-routes.ts';
import { commentRoutes } from './comments/routes.ts';
import { Comment, StaffComment } from './comments/schema.ts';
import type { Config } from './config.ts';
import type { Database } from './db/database.ts';
import { noteUses } from './db/note-uses.ts';
import { Draft } from './drafts/schema.ts';
import { draftStaffRoutes } from './drafts/staff-routes.ts';
import { Erasure } from './erasure/schema.ts';
import { erasureStaffRoutes } from './erasure/staff-routes.ts';
import { eventRoutes } from './events/routes.ts';
import { Event, StaffEvent } from './events/schema.ts';
import type { Streams } from './events/stream.ts';
import { examples } from './examples.ts';
import { fileRoutes } from './files/routes.ts';
import { File } from './files/schema.ts';
import type { FileStore } from './files/store.ts';
import { sessionRoutes } from './handover/routes.ts';
import { AccountSession, ClientSession, HandoverLink, OpenedClientSession } from './handover/schema.ts';
import { handoverStaffRoutes } from './handover/staff-routes.ts';
import { AddedHandoverKey, HandoverKey } from './handover-keys/schema.ts';
import { handoverKeyRoutes } from './handover-keys/staff-routes.ts';
import { HeldAnswer } from './held-answers/schema.ts';
import { heldAnswerStaffRoutes } from './held-answers/staff-routes.ts';
import { guardAccess } from './http/access.ts';
import { readBodies } from './http/bodies.ts';
import { compressAnswers } from './http/compress.ts';
import { boundConnections } from './http/connections.ts';
import { allowOrigins } from './http/cors.ts';
import { answerError, answerUnparsable, handleErrors } from './http/errors.ts';
import { tagReads } from './http/etag.ts';
import type { Limits } from './http/limits.ts';
import { errorForLog, logTrouble } from './http/log.ts';
import { type Health, observe } from './http/metrics.ts';
import { describeApi } from './http/openapi.ts';
import { parseQuery, typeParameters } from './http/parameters.ts';
import { knowPublicUrl } from './http/public-url.ts';
import { rememberRoutes } from './http/routes.ts';
import { isEmail, Problem } from './http/schemas.ts';
import { buildSerializer } from './http/serializer.ts';
import { createUploadLimits, type UploadLimits } from './http/upload-limits.ts';
import { createWrite, type Write } from './http/write.ts';
import { Presence } from './presence/schema.ts';
import { presenceStaffRoutes } from './presence/staff-routes.ts';
import { QueueTicket } from './queue/schema.ts';
import { queueStaffRoutes } from './queue/staff-routes.ts';
import { redactionRoutes } from './redaction/routes.ts';
import { reportStaffRoutes } from './reports/staff-routes.ts';
import { oidcRoutes } from './sessions/oidc-routes.ts';
import { Session } from './sessions/schema.ts';
import { sessionStaffRoutes } from './sessions/staff-routes.ts';
import { SetAsideEvent } from './set-aside-events/schema.ts';
import { setAsideEventStaffRoutes } from './set-aside-events/staff-routes.ts';
import { Calendar, SlaPolicy } from './sla/schema.ts';
import { slaStaffRoutes } from './sla/staff-routes.ts';
import { ownCredentialRoutes } from './staff/own-routes.ts';
import { InvitedMember, StaffMember } from './staff/schema.ts';
import { memberStaffRoutes } from './staff/staff-routes.ts';
import { Tag } from './tags/schema.ts';
import { tagStaffRoutes } from './tags/staff-routes.ts';
import { accountMoveRoutes } from './tickets/account-routes.ts';
import { ticketRoutes } from './tickets/routes.ts';
import { StaffTicket, StaffTicketWithComments, Ticket } from './tickets/schema.ts';
import { ticketStaffRoutes } from './tickets/staff-routes.ts';
import { ticketVerbRoutes } from './tickets/verb-routes.ts';
import { ownTokenRoutes } from './tokens/own-routes.ts';
import { IssuedToken, Token } from './tokens/schema.ts';
import { tokenStaffRoutes } from './tokens/staff-routes.ts';
import { topicRoutes } from './topics/routes.ts';
import { StaffTopic, Status, Topic } from './topics/schema.ts';
import { topicStaffRoutes } from './topics/staff-routes.ts';
import { View } from './views/schema.ts';
import { viewStaffRoutes } from './views/staff-routes.ts';
import { Vote } from './votes/schema.ts';

export type App = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  TypeBoxTypeProvider
>;

/** What routes work with. */
export interface Deps {
  config: Config;
  database: Database;
  files: FileStore;
  streams: Streams;
  write: Write;
  uploadLimits: UploadLimits;
}

interface AppOptions extends Omit<Deps, 'write' | 'uploadLimits'> {
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
  HeldAnswer,
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
  HandoverLink,
  HandoverKey,
  AddedHandoverKey,
  Event,
  StaffEvent,
  CannedAnswer,
  Tag,
  Calendar,
  SlaPolicy,
  AutoRule,
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
  accountMoveRoutes,
  ticketVerbRoutes,
  queueStaffRoutes,
  bulkStaffRoutes,
  draftStaffRoutes,
  heldAnswerStaffRoutes,
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
  handoverStaffRoutes,
  handoverKeyRoutes,
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
    // A line per request costs 40 to 70 %: slow and failed ones are logged below.
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => randomUUID(),
    trustProxy: config.trustProxy === '' ? false : config.trustProxy,
    requestTimeout: 300_000, // the largest file over a slow line
    connectionTimeout: 60_000, // without a byte in either direction; streams ping more often
    keepAliveTimeout: 30_000,
    forceCloseConnections: 'idle',
    http: {
      requireHostHeader: false, // Node would refuse it with an empty answer; ours is in http/errors.ts
      headersTimeout: 10_000,
      connectionsCheckingInterval: 2000, // how late the two time limits may be noticed
    },
    return503OnClosing: false, // requests on open connections are served until they are drained
    routerOptions: { querystringParser: parseQuery, maxParamLength: 500, ignoreTrailingSlash: true },
    frameworkErrors: answerError,
    clientErrorHandler: answerUnparsable,
    schemaController: { compilersFactory: { buildSerializer } },
    ajv: {
      customOptions: { coerceTypes: false, removeAdditional: false, allErrors: true, allowUnionTypes: true },
      onCreate: (ajv) => void ajv.addFormat('email', isEmail),
    },
  }).withTypeProvider<TypeBoxTypeProvider>();
  const connections = boundConnections(app, config.maxConnections);

  knowPublicUrl(app, config.publicUrl);
  rememberRoutes(app);
  handleErrors(app);
  readBodies(app, config.maxBodyBytesInProgress);
  await app.register(multipart);
  logTrouble(app, config.logSlowMs);
  allowOrigins(app, config.allowedOrigins);
  for (const schema of sharedSchemas) app.addSchema(schema);
  await describeApi(app, version, examples);

  const limits = limitsOf(config);
  const deps: Deps = {
    ...options,
    write: createWrite(database, limits),
    uploadLimits: createUploadLimits(database, limits),
  };
  await app.register(async (guarded) => {
    guardAccess(guarded, database.db, noteUse(app, database));
    guarded.addHook('preValidation', async (request) => typeParameters(request));
    tagReads(guarded);
    compressAnswers(guarded);
    observe(guarded, { database, streams, connections, health, metricsToken: config.metricsToken });
    for (const add of routes) add(guarded, deps);
  });
  await app.ready();
  return app;
}

function noteUse(app: App, database: Database) {
  const [tokens, sessions] = [
    noteUses(database, 'tokens', 'token_id'),
    noteUses(database, 'staff_sessions', 'session_id'),
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
