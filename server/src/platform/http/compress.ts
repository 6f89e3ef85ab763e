/**
 * Answers over 1 kB are compressed for whoever asks. Not where a secret is answered: whoever can have their own words
 * stand beside it, and see how long the response gets, could guess it letter by letter (BREACH). That, the bound on work at
 * once and the weak tags are why this is not @fastify/compress.
 */
import { pipeline, Readable } from 'node:stream';
import { promisify } from 'node:util';
import zlib from 'node:zlib';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { vary } from './cors.ts';

const LEAST_LENGTH = 1024;
const COMPRESSIBLE = /^(text\/|image\/svg|application\/(problem\+)?(json|javascript|x-yaml))/;
const [brotli, gzip] = [promisify(zlib.brotliCompress), promisify(zlib.gzip)];
// Fast enough to be done for each response: a megabyte takes about 15 ms of another thread.
const { BROTLI_PARAM_QUALITY, BROTLI_PARAM_LGWIN } = zlib.constants;
const brotliOptions = { params: { [BROTLI_PARAM_QUALITY]: 4, [BROTLI_PARAM_LGWIN]: 18 } };
const gzipOptions = { level: 5 };

type Encoding = 'br' | 'gzip';

/**
 * Text that is compressed at once, beyond the first response of any length; what comes then is sent as it is. The threads
 * that do it are those that passwords and files wait for as well.
 */
const MOST_AT_ONCE = 2_097_152;
const MOST_STREAMS = 16;
let [textInWork, streamsInWork] = [0, 0];

/** To be called when all else that looks at a payload is in place. */
export function compressResponses(app: FastifyInstance) {
  app.addHook('onSend', async (request, reply, payload: unknown) => {
    const isStream = payload instanceof Readable;
    if (!isStream && typeof payload !== 'string') return payload;
    if (
      isStream ? streamsInWork >= MOST_STREAMS : textInWork > 0 && textInWork + payload.length > MOST_AT_ONCE
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
 * How a response of this length is compressed, undefined when it is not. Sets what follows from that: Vary, and a weak
 * tag, which stands for the same content in other bytes.
 */
export function chooseEncoding(
  request: FastifyRequest,
  reply: FastifyReply,
  length: number,
): Encoding | undefined {
  if (length <= LEAST_LENGTH || !mayBeCompressed(request, reply)) return undefined;
  vary(reply, 'accept-encoding');
  const encoding = accepted(request.headers['accept-encoding']);
  const tag = String(reply.getHeader('etag') ?? '');
  if (encoding && tag.startsWith('"')) reply.header('etag', `W/${tag}`);
  return encoding;
}

async function compressText(text: string, encoding: Encoding): Promise<Buffer> {
  textInWork += text.length;
  try {
    return await (encoding === 'br' ? brotli(text, brotliOptions) : gzip(text, gzipOptions));
  } finally {
    textInWork -= text.length;
  }
}

function compressStream(source: Readable, encoding: Encoding): Readable {
  streamsInWork++;
  const target = encoding === 'br' ? zlib.createBrotliCompress(brotliOptions) : zlib.createGzip(gzipOptions);
  // A failure ends the target as well, and Fastify then cuts the response.
  pipeline(source, target, () => streamsInWork--);
  return target;
}

function mayBeCompressed({ routeOptions: { config }, method, headers }: FastifyRequest, reply: FastifyReply) {
  const { access, showsSecret, headers: taken = [] } = config;
  const isSession = access === 'session' || (access === 'public' && method !== 'GET' && method !== 'HEAD');
  if (showsSecret || isSession || taken.includes('Range') || headers.range !== undefined) return false;
  return !reply.hasHeader('content-encoding') && COMPRESSIBLE.test(String(reply.getHeader('content-type')));
}

/**
 * RFC 9110, 12.5.3: the one with the greater weight, brotli of two that are alike. @fastify/accept-negotiator takes `*` for
 * the first of them even where that one is refused.
 */
function accepted(header = ''): Encoding | undefined {
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
