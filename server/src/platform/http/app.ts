/** What routes are registered on, and what they work with. */
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

/** What all routes work with. The few that need more say so: `{ files }: Deps & { files: FileStore }`. */
export interface Deps {
  config: Config;
  database: Database;
  write: Write;
}
