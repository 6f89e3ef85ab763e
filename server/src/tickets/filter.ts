/** What a client's list is narrowed by beside state and words, as SQL over `tickets`. */
import { type RawBuilder, sql } from 'kysely';
import { anyOf, listOf } from '../db/any-of.ts';
import { invalid } from '../errors.ts';
import type { TicketQuery } from './schema.ts';

type Condition = RawBuilder<unknown>;
type Name = 'status_key' | 'topic_key' | 'is_client_read' | 'updated_from' | 'created_from';

const conditions: { [K in Name]: (value: NonNullable<TicketQuery[K]>) => Condition } = {
  status_key: (keys) => anyOf('status_key', listOf(keys)),
  topic_key: (keys) => anyOf('topic_key', listOf(keys)),
  is_client_read: (is) => (is ? sql`is_client_read` : sql`not is_client_read`),
  updated_from: (time) => sql`updated_at >= ${time}`,
  created_from: (time) => sql`created_at >= ${time}`,
};

const names = Object.keys(conditions) as Name[]; // the keys of that very object

/** The conditions, and what tells them from others of their kind. */
export function filterOf(query: TicketQuery): { conditions: Condition[]; key: string } {
  const given = names.filter((name) => query[name] !== undefined);
  return {
    conditions: given.map((name) => {
      const condition = conditions[name] as (value: unknown) => Condition; // of the field's own type
      return condition(query[name]);
    }),
    key: given.length === 0 ? '' : JSON.stringify(given.map((name) => [name, query[name]])),
  };
}

/** undefined: open and closed alike. */
export type IsClosed = boolean | undefined;

export function stateOf({ only_opened = false, only_closed = false }: TicketQuery): IsClosed {
  if (only_opened && only_closed) {
    const errors = ['only_opened', 'only_closed'].map((pointer) => ({
      pointer,
      detail: 'excludes the other',
    }));
    throw invalid('invalid_request', 'Ask for only_opened or for only_closed, or for neither.', errors);
  }
  return only_opened ? false : only_closed ? true : undefined;
}
