/** A face: the files that `npm run build` has made of one of the two web programs. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { notFound } from '#errors.ts';
import type { App } from '#platform/http/app.ts';
import { notBuilt } from './not-built.ts';

interface Face {
  /** `/console` or `/portal`. */
  path: string;
  /** Where the build has put it. */
  folder: string;
  headers: Record<string, string>;
}

/** Their names have a hash of their content. `.br` and `.gz` lie beside them, and are sent in place of them. */
const ASSET = /^assets\/([\w-][\w.-]*\/)*[\w-][\w.-]*$/;
const assetOptions = { maxAge: 31_536_000_000, immutable: true, lastModified: false, acceptRanges: false };

/** Files with lasting names. Texts get an ETag and are compressed, as every other text of the server. */
const FILE = /^[\w-][\w.-]*(\.\w+)$/;
const textTypes: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
};
const imageTypes = ['.png', '.ico'];

/** Serves the face at its path. Below it, a path that is no file is one of the face's own pages: it gets the index. */
export function addFace(app: App, face: Face) {
  const hidden = { config: { access: 'public' as const }, schema: { hide: true } };
  const serve = async (request: FastifyRequest<{ Params: { '*'?: string } }>, reply: FastifyReply) =>
    send(request, reply.headers(face.headers), face, request.params['*'] ?? '');
  app.get(face.path, hidden, serve);
  app.get<{ Params: { '*'?: string } }>(`${face.path}/*`, hidden, serve);
}

async function send(request: FastifyRequest, reply: FastifyReply, face: Face, path: string) {
  if (ASSET.test(path)) return reply.sendFile(path, face.folder, assetOptions);
  if (/^assets(\/|$)/.test(path)) throw notFound('page');
  const extension = FILE.exec(path)?.[1] ?? '';
  if (imageTypes.includes(extension)) return reply.sendFile(path, face.folder, { acceptRanges: false });
  const type = textTypes[extension];
  const text = await readText(face, type ? path : 'index.html');
  if (text !== undefined) return reply.type(type ?? textTypes['.html'] ?? '').send(text);
  if (type && path !== 'index.html') throw notFound('page');
  return notBuilt(request, reply);
}

/** Read each time, so that a new build is served at once. */
const readText = ({ folder }: Face, name: string) =>
  readFile(join(folder, name), 'utf8').catch(() => undefined);
