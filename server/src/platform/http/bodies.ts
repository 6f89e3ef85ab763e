import type { IncomingMessage } from 'node:http';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { invalid, notJson, requestTimeout, tooLarge, unavailable, unsupportedType } from '#errors.ts';
import { type BodyBudget, createBodyBudget } from './body-budget.ts';
import { parseJson } from './json.ts';

const MAX_BYTES = 1_048_576; // the largest legal comment, written in escapes, is 600 kB
const MAX_PUBLIC_BYTES = 16_384;
const ARRIVES_WITHIN_MS = 30_000;

/** Accepts uncompressed JSON in UTF-8, or no body. The schemas see a missing body as an empty object. */
export function readBodies(app: FastifyInstance, maxBytesInProgress: number, withinMs = ARRIVES_WITHIN_MS) {
  const budget = createBodyBudget(maxBytesInProgress);
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', async (request: FastifyRequest, payload: IncomingMessage) => {
    const charset = /charset\s*=\s*"?([^";\s]+)/i.exec(request.headers['content-type'] ?? '')?.[1];
    if (charset && !/^utf-?8$/i.test(charset)) throw notJson();
    if (request.is404) return undefined; // no handler reads it
    return parseJson(await receive(request, payload, budget, withinMs));
  });
  app.addHook('preParsing', (request, { raw }, payload, done) => {
    if (hasBody(request)) {
      const refund = () => budget.refund(request);
      raw.on('close', refund).on('finish', refund);
    }
    done(null, payload);
  });
  app.addHook('onRequest', async ({ headers }) => {
    const encoding = headers['content-encoding'];
    if (encoding && encoding.toLowerCase() !== 'identity') {
      throw unsupportedType('unsupported_encoding', 'Send the body uncompressed.');
    }
  });
  app.addHook('preValidation', async (request) => {
    if (request.body !== undefined || !request.routeOptions.schema?.body) return;
    if (request.isMultipart()) throw notJson(); // a multipart body on a route that takes no upload
    request.body = {};
  });
}

const hasBody = ({ headers }: FastifyRequest) =>
  headers['content-length'] !== undefined || headers['transfer-encoding'] !== undefined;

/** Reads the whole body. Throws 408, 413 or 503; with a Content-Length, the last two before anything is read. */
async function receive(
  request: FastifyRequest,
  payload: IncomingMessage,
  budget: BodyBudget,
  withinMs: number,
) {
  const { access } = request.routeOptions.config;
  const limit = access === 'public' ? MAX_PUBLIC_BYTES : MAX_BYTES;
  const tooLong = () => tooLarge(`The body is larger than ${limit / 1024} KiB.`);
  const tooMuchAtOnce = () =>
    unavailable('busy', 'The server is receiving too much data. Try again shortly.');
  const declared = Number(request.headers['content-length'] ?? 0);
  if (declared > limit) throw tooLong();
  if (!budget.fits(request, declared)) throw tooMuchAtOnce();

  const chunks: Buffer[] = [];
  let size = 0;
  await readAll(payload, withinMs, (chunk) => {
    if (size + chunk.length > limit) return tooLong();
    if (!budget.take(request, chunk.length)) return tooMuchAtOnce();
    size += chunk.length;
    chunks.push(chunk);
    return undefined;
  });
  return Buffer.concat(chunks, size);
}

/** Passes each chunk to `take` until the end, or until `take` returns an error. The rest is discarded. */
function readAll(
  payload: IncomingMessage,
  withinMs: number,
  take: (chunk: Buffer) => Error | undefined,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const settle = (error?: Error) => {
      clearTimeout(timer);
      payload.off('data', onData).off('end', onEnd).off('error', onError);
      if (error) reject(error);
      else resolve();
    };
    const onData = (chunk: Buffer) => {
      const reason = take(chunk);
      if (reason) settle(reason);
    };
    const onEnd = () => settle();
    const onError = () => settle(invalid('malformed_request', 'The body is incomplete.'));
    const timer = setTimeout(() => settle(requestTimeout()), withinMs);
    // The caller may have disconnected during authentication. None of these events is emitted then.
    if (payload.destroyed) return onError();
    payload.on('data', onData).on('end', onEnd).on('error', onError);
  });
}
