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
import { notJson, unsupportedType } from './errors.ts';
import { eventRoutes } from './events/routes.ts';
import { Event, StaffEvent } from './events/schema.ts';
import type { Streams } from './events/stream.ts';
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
import { answerError, answerUnparsable, handleErrors } from './http/errors.ts';
import { tagReads } from './http/etag.ts';
import { parseJson } from './http/json.ts';
import type { Limits } from './http/limits.ts';
import { type Health, observe } from './http/metrics.ts';
import { describeApi } from './http/openapi.ts';
import { parseQuery, typeParameters } from './http/parameters.ts';
import { rememberRoutes } from './http/routes.ts';
import { isEmail, Problem } from './http/schemas.ts';
import { createWrite, type Write } from './http/write.ts';
import { Presence } from './presence/schema.ts';
import { presenceStaffRoutes } from './presence/staff-routes.ts';
import { QueueTicket } from './queue/schema.ts';
import { queueStaffRoutes } from './queue/staff-routes.ts';
import { reportStaffRoutes } from './reports/staff-routes.ts';
import { oidcRoutes } from './sessions/oidc-routes.ts';
import { Session } from './sessions/schema.ts';
import { sessionStaffRoutes } from './sessions/staff-routes.ts';
import { Calendar, SlaPolicy } from './sla/schema.ts';
import { slaStaffRoutes } from './sla/staff-routes.ts';
import { ownCredentialRoutes } from './staff/own-routes.ts';
import { InvitedMember, StaffMember } from './staff/schema.ts';
import { memberStaffRoutes } from './staff/staff-routes.ts';
import { Tag } from './tags/schema.ts';
import { tagStaffRoutes } from './tags/staff-routes.ts';
import { ticketRoutes } from './tickets/routes.ts';
import { StaffTicket, StaffTicketWithComments, Ticket } from './tickets/schema.ts';
import { ticketShapeRoutes } from './tickets/shape-routes.ts';
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
}

interface AppOptions extends Omit<Deps, 'write'> {
  health: Health;
  version: string;
  /** Where the log goes; the standard output by default. */
  logStream?: NodeJS.WritableStream;
}

const MAX_JSON_BYTES = 1_048_576; // the largest legal comment is 600 kB of escapes

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
];

const routes = [
  ticketRoutes,
  commentRoutes,
  topicRoutes,
  fileRoutes,
  eventRoutes,
  ticketStaffRoutes,
  ticketVerbRoutes,
  ticketShapeRoutes,
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
    bodyLimit: MAX_JSON_BYTES,
    trustProxy: config.trustProxy === '' ? false : config.trustProxy,
    requestTimeout: 300_000, // the largest file over a slow line
    keepAliveTimeout: 30_000,
    forceCloseConnections: 'idle',
    http: { requireHostHeader: false }, // Node would refuse it with an empty answer; ours is in http/errors.ts
    return503OnClosing: false, // requests on open connections are served until they are drained
    routerOptions: { querystringParser: parseQuery, maxParamLength: 500 },
    frameworkErrors: answerError,
    clientErrorHandler: answerUnparsable,
    ajv: {
      customOptions: { coerceTypes: false, removeAdditional: false, allErrors: true },
      onCreate: (ajv) => void ajv.addFormat('email', isEmail),
    },
  }).withTypeProvider<TypeBoxTypeProvider>();
  app.server.headersTimeout = 10_000;

  rememberRoutes(app);
  handleErrors(app);
  readBodies(app);
  await app.register(multipart);
  logTrouble(app, config.logSlowMs);
  for (const schema of sharedSchemas) app.addSchema(schema);
  await describeApi(app, version);

  const deps: Deps = { ...options, write: createWrite(database, limitsOf(config)) };
  await app.register(async (guarded) => {
    guardAccess(guarded, database.db, noteUse(app, database));
    guarded.addHook('preValidation', async (request) => typeParameters(request));
    tagReads(guarded);
    observe(guarded, { database, streams, health, metricsToken: config.metricsToken });
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

function limitsOf({ ticketsPerMinute, commentsPerMinute, uploadsPerMinute }: Config): Limits {
  return { tickets: ticketsPerMinute, comments: commentsPerMinute, uploads: uploadsPerMinute };
}

/** JSON in UTF-8, not compressed, or nothing; a missing body is an empty object to the schemas. */
function readBodies(app: App) {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    try {
      const charset = /charset\s*=\s*"?([^";\s]+)/i.exec(request.headers['content-type'] ?? '')?.[1];
      if (charset && !/^utf-?8$/i.test(charset)) throw notJson();
      done(null, parseJson(body as Buffer)); // parseAs says that it is one
    } catch (error) {
      done(error as Error);
    }
  });
  app.addHook('onRequest', async ({ headers }) => {
    const encoding = headers['content-encoding'];
    if (encoding && encoding.toLowerCase() !== 'identity') {
      throw unsupportedType('unsupported_encoding', 'Send the body uncompressed.');
    }
  });
  app.addHook('preValidation', async (request) => {
    if (request.body !== undefined || !request.routeOptions.schema?.body) return;
    if (request.isMultipart()) throw notJson(); // taken by the parser of uploads, for a route that is none
    request.body = {};
  });
}

/** Every answer names its request; slow and failed ones are logged, by route and never by what was sent. */
function logTrouble(app: App, slowMs: number) {
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id);
  });
  app.addHook('onResponse', async (request, reply) => {
    const ms = Math.round(reply.elapsedTime);
    if (reply.statusCode < 500 && ms < slowMs) return;
    const { method, routeOptions } = request;
    request.log.warn(
      { method, route: routeOptions.url, status: reply.statusCode, ms },
      'slow or failed request',
    );
  });
}

/** An error without the rows and values that PostgreSQL puts into its details. */
function errorForLog(error: Error & { code?: string; constraint?: string; cause?: unknown }) {
  const { name, message, code, constraint, stack = '', cause } = error;
  return {
    type: name,
    message,
    code,
    constraint,
    stack,
    cause: cause instanceof Error ? cause.message : cause,
  };
}
