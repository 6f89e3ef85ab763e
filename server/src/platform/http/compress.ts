/**
 * Compresses responses over 1 kB for clients that accept it. Never a response with a secret: an attacker who can place
 * text beside the secret and see the response's length could guess it letter by letter (BREACH). This exclusion, the
 * bound on concurrent work and the weak tags are why this is not @fastify/compress.
 */
import { pipeline, Readable } from 'node:stream';
import { promisify } from 'node:util';
import zlib from 'node:zlib';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { vary } from './cors.ts';

const MIN_LENGTH = 1024;
const COMPRESSIBLE = /^(text\/|image\/svg|application\/(problem\+)?(json|javascript|x-yaml))/;
const [brotli, gzip] = [promisify(zlib.brotliCompress), promisify(zlib.gzip)];
// Fast enough for every response: a megabyte takes about 15 ms on another thread.
const { BROTLI_PARAM_QUALITY, BROTLI_PARAM_LGWIN } = zlib.constants;
const brotliOptions = { params: { [BROTLI_PARAM_QUALITY]: 4, [BROTLI_PARAM_LGWIN]: 18 } };
const gzipOptions = { level: 5 };

type Encoding = 'br' | 'gzip';

/**
 * Characters compressed at the same time. A single response may exceed it; while the limit is reached, others are sent
 * uncompressed. Compression shares its threads with password hashing and file access.
 */
const MAX_CHARACTERS_IN_PROGRESS = 2_097_152;
const MAX_STREAMS_IN_PROGRESS = 16;
let [charactersInProgress, streamsInProgress] = [0, 0];

/** Must be registered after all other onSend hooks that look at the payload. */
export function compressResponses(app: FastifyInstance) {
  app.addHook('onSend', async (request, reply, payload: unknown) => {
    const isStream = payload instanceof Readable;
    if (!isStream && typeof payload !== 'string') return payload;
    if (
      isStream
        ? streamsInProgress >= MAX_STREAMS_IN_PROGRESS
        : charactersInProgress > 0 && charactersInProgress + payload.length > MAX_CHARACTERS_IN_PROGRESS
    ) {
      return payload;
    }
    const encoding = chooseEncoding(request, reply, isStream ? Number.POSITIVE_INFINITY : payload.length);
    if (!encoding) return payload;
    reply.header('content-encoding', encoding).removeHeader('content-length').removeHeader('accept-ranges');
    return isStream ? compressStream(payload, encoding) : compressText(payload, encoding);
  });
}

/**
 * How to compress a response of this length; undefined when it is sent as it is. Sets Vary, and makes the ETag weak
 * because the bytes differ.
 */
export function chooseEncoding(
  request: FastifyRequest,
  reply: FastifyReply,
  length: number,
): Encoding | undefined {
  if (length <= MIN_LENGTH || !mayBeCompressed(request, reply)) return undefined;
  vary(reply, 'accept-encoding');
  const encoding = acceptedEncoding(request.headers['accept-encoding']);
  const tag = String(reply.getHeader('etag') ?? '');
  if (encoding && tag.startsWith('"')) reply.header('etag', `W/${tag}`);
  return encoding;
}

async function compressText(text: string, encoding: Encoding): Promise<Buffer> {
  charactersInProgress += text.length;
  try {
    return await (encoding === 'br' ? brotli(text, brotliOptions) : gzip(text, gzipOptions));
  } finally {
    charactersInProgress -= text.length;
  }
}

function compressStream(source: Readable, encoding: Encoding): Readable {
  streamsInProgress++;
  const target = encoding === 'br' ? zlib.createBrotliCompress(brotliOptions) : zlib.createGzip(gzipOptions);
  // A failure also ends the target, and Fastify then cuts the response.
  pipeline(source, target, () => streamsInProgress--);
  return target;
}

function mayBeCompressed({ routeOptions: { config }, method, headers }: FastifyRequest, reply: FastifyReply) {
  const { access, showsSecret, headers: routeHeaders = [] } = config;
  const isSession = access === 'session' || (access === 'public' && method !== 'GET' && method !== 'HEAD');
  if (showsSecret || isSession || routeHeaders.includes('Range') || headers.range !== undefined) return false;
  return !reply.hasHeader('content-encoding') && COMPRESSIBLE.test(String(reply.getHeader('content-type')));
}

/**
 * The encoding with the greater weight (RFC 9110, 12.5.3), brotli when equal. @fastify/accept-negotiator resolves `*`
 * to its first encoding even where that one is refused.
 */
function acceptedEncoding(header = ''): Encoding | undefined {
  const weights = new Map<string, number>();
  for (const part of header.toLowerCase().split(',', 20)) {
    const [name = '', ...parameters] = part.split(';').map((one) => one.trim());
    const weight = /^q=([01](?:\.\d{0,3})?)$/.exec(parameters.find((one) => one.startsWith('q=')) ?? '')?.[1];
    weights.set(name, Number(weight ?? 1));
  }
  const weightOf = (name: string) => weights.get(name) ?? weights.get('*') ?? 0;
  const [br, gz] = [weightOf('br'), weightOf('gzip')];
  if (br === 0 && gz === 0) return undefined;
  return br >= gz ? 'br' : 'gzip';
}
