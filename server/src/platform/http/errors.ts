/** Sends every refusal of every layer, including the HTTP parser, as application/problem+json (RFC 9457). */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ApiError, invalid, notFound, notJson, requestTimeout, tooLarge, unavailable } from '#errors.ts';
import { ConnectionLost } from '#platform/db/connection-lost.ts';
import { constraintError } from '#platform/db/constraints.ts';
import { fieldErrors } from './ajv.ts';
import { endSocket, isResponding } from './connections.ts';
import { setCorsHeaders } from './cors.ts';

// Importing node:http would also load Node's WebSocket client: 16 MiB.
const { STATUS_CODES } = process.getBuiltinModule('node:http');

export function handleErrors(app: FastifyInstance) {
  app.setErrorHandler(sendError);
  app.addHook('onRequest', async ({ raw }) => refuseAmbiguous(raw));
  // An expectation other than 100-continue. Without this, Node refuses it with an empty response.
  app.server.on('checkExpectation', (request, response) => app.routing(request, response));
  // Without a listener Node closes the connection without a response.
  app.server.on('connect', (_request, socket: Socket) => refuseOnSocket(socket, noProxy()));
  app.setNotFoundHandler((request, reply) => {
    const allowed = app.methodsOf(request.url);
    const isMissing = allowed.length === 0 || allowed.includes(request.method); // the latter: a file that is not there
    if (isMissing) return sendProblem(notFound('page'), request, reply);
    const allow = allowed.join(', ');
    const detail = `${request.method} is not allowed here. Allowed: ${allow}.`;
    return sendProblem(
      new ApiError(405, 'method_not_allowed', detail, { headers: { allow } }),
      request,
      reply,
    );
  });
}

/**
 * Refuses requests that two servers in a chain could interpret differently (RFC 9112, 3.2 and 6.1), when one of them
 * may decide who gets access.
 */
function refuseAmbiguous({ httpVersion, headers, rawHeaders }: IncomingMessage) {
  let hosts = 0;
  for (let i = 0; i < rawHeaders.length; i += 2) if (rawHeaders[i]?.toLowerCase() === 'host') hosts++;
  if (hosts > 1 || (hosts === 0 && httpVersion === '1.1')) {
    throw invalid('malformed_request', 'A request must have exactly one Host header.');
  }
  const coding = headers['transfer-encoding'];
  if (coding !== undefined && coding.trim().toLowerCase() !== 'chunked') {
    throw invalid('malformed_request', 'The only supported transfer coding is "chunked".');
  }
}

const noProxy = () => {
  const allow = 'DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT';
  return new ApiError(405, 'method_not_allowed', `CONNECT is not allowed here. Allowed: ${allow}.`, {
    headers: { allow },
  });
};

/** Also called for refusals by the router, before any hook runs. */
export function sendError(error: Error, request: FastifyRequest, reply: FastifyReply) {
  return sendProblem(toApiError(error, request), request, reply);
}

/** Requests refused by Node's HTTP parser never reach the app: the response is written to the socket. */
export function sendUnparsable(error: Error & { code?: string }, socket: Socket) {
  if (!socket.writable || error.code === 'ECONNRESET' || isResponding(socket)) return socket.destroy();
  if (error.code === 'HPE_HEADER_OVERFLOW') refuseOnSocket(socket, headersTooLarge());
  else if (error.code === 'ERR_HTTP_REQUEST_TIMEOUT') refuseOnSocket(socket, requestTimeout());
  else refuseOnSocket(socket, invalid('malformed_request', 'This is not an HTTP/1.1 request.'));
}

const headersTooLarge = () => new ApiError(431, 'headers_too_large', 'The headers are larger than 16 KiB.');

function refuseOnSocket(socket: Socket, error: ApiError) {
  const body = JSON.stringify(problem(error, randomUUID()));
  const headers = Object.entries({
    ...error.headers,
    'content-type': 'application/problem+json',
    'content-length': Buffer.byteLength(body),
    connection: 'close',
  }).map(([name, value]) => `${name}: ${value}\r\n`);
  endSocket(
    socket,
    `HTTP/1.1 ${error.status} ${STATUS_CODES[error.status]}\r\n${headers.join('')}\r\n${body}`,
  );
}

function sendProblem(error: ApiError, request: FastifyRequest, reply: FastifyReply) {
  setCorsHeaders(request, reply);
  return reply
    .code(error.status)
    .headers(error.headers ?? {})
    .header('cache-control', 'no-store')
    .header('x-request-id', request.id)
    .type('application/problem+json')
    .serializer(JSON.stringify)
    .send(problem(error, request.id));
}

function problem({ status, code, message, errors, extra }: ApiError, requestId: string) {
  const title = STATUS_CODES[status];
  return {
    type: 'about:blank',
    title,
    status,
    detail: message,
    code,
    request_id: requestId,
    errors,
    ...extra,
  };
}

/** What an error is for its caller. Errors of the server are logged. */
export function toApiError(error: Error & Partial<FastifyError>, request: FastifyRequest): ApiError {
  if (error instanceof ApiError) {
    if (error.status >= 500) request.log.error({ err: error }, 'refused because of an error of the server');
    return error;
  }
  if (error.validation) {
    const errors = fieldErrors(error.validationContext, error.validation);
    const where = error.validationContext === 'querystring' ? 'query' : 'body';
    return invalid('invalid_request', `The ${where} is invalid: see errors.`, errors);
  }
  return fromFastify(error) ?? fromPostgres(error, request) ?? unexpected(error, request);
}

function fromFastify({ code, statusCode, message }: Partial<FastifyError>): ApiError | undefined {
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return notJson();
  if (code === 'FST_REQ_FILE_TOO_LARGE') return tooLarge('The file is too large.');
  if (code === 'FST_ERR_BAD_URL')
    return invalid('malformed_request', 'The path is not percent-encoded UTF-8.');
  if (code === 'FST_ERR_MAX_PARAM_LENGTH') return notFound('page');
  if (statusCode && statusCode >= 400 && statusCode < 500) {
    return new ApiError(statusCode, 'invalid_request', message ?? 'The request is invalid.');
  }
  return undefined;
}

/** The errors of PostgreSQL that a caller can do something about. */
function fromPostgres(error: Error & { code?: string; constraint?: string }, request: FastifyRequest) {
  const { code = '', constraint = '' } = error;
  const known = constraintError(constraint);
  if (known) return known;
  if (code.startsWith('22')) {
    // Input that passed the schemas but not the database: refused, nothing stored, and logged.
    request.log.error({ err: error }, 'input was refused only by the database');
    return invalid('invalid_request', 'The request has a value that cannot be stored.');
  }
  // Out of connections, timed out, disk full, no primary, shutting down, or disconnected.
  if (
    error instanceof ConnectionLost ||
    /^(08|53|57|25006|40|55P03|58)|^E(CONN|PIPE|TIMEDOUT|NOENT)/.test(code)
  ) {
    request.log.error({ err: error }, 'database trouble');
    return unavailable('database_unavailable', 'The database does not respond. Try again shortly.');
  }
  return undefined;
}

function unexpected(error: Error, request: FastifyRequest): ApiError {
  request.log.error({ err: error }, 'unexpected error');
  return new ApiError(
    500,
    'internal_error',
    'The server has failed. Give the request_id when you report this.',
  );
}
