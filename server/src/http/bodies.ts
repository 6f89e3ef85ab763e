import type { FastifyInstance } from 'fastify';
import { notJson, unsupportedType } from '../errors.ts';
import { parseJson } from './json.ts';

/** JSON in UTF-8, not compressed, or nothing; a missing body is an empty object to the schemas. */
export function readBodies(app: FastifyInstance) {
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
