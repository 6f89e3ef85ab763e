/** What routes are registered on, and the dependencies that they get. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyBaseLogger, FastifyInstance, RawServerDefault } from 'fastify';
import type { Config } from '#config.ts';
import type { Database } from '#platform/db/database.ts';
import type { Write } from './write.ts';

export type App = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  TypeBoxTypeProvider
>;

/** The dependencies of all routes. A few need more: `{ files }: Deps & { files: FileStore }`. */
export interface Deps {
  config: Config;
  database: Database;
  write: Write;
}
