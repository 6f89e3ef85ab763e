/** The filters of a client's list besides state and words, as SQL over `tickets`. */
import type { ClientActor } from '#actor.ts';
import { invalid } from '#errors.ts';
import { equalsAny, splitList } from '#platform/db/equals-any.ts';
import { type Sql, sql } from '#platform/sql.ts';
import { seesAllOfAccount, visibleTo } from '#visible.ts';
import type { TicketQuery } from './schema.ts';

type Condition = Sql;
type AccessName = 'access_level' | 'keystone_projects' | 'notice_id';
type Name = AccessName | 'status_key' | 'topic_key' | 'is_client_read' | 'updated_from' | 'created_from';

/** Conditions that the queue of staff shares. */
export const accessConditions: Record<AccessName, (list: string) => Condition> = {
  access_level: (levels) => equalsAny('access_level', splitList(levels)),
  keystone_projects: (projects) => sql`keystone_projects && ${[...splitList(projects), projects]}::text[]`,
  notice_id: (ids) => sql`notice_id #>> '{}' = any(${[...splitList(ids), ids]}::text[])`,
};

const conditions: { [K in Name]: (value: NonNullable<TicketQuery[K]>) => Condition } = {
  ...accessConditions,
  status_key: (keys) => equalsAny('status_key', splitList(keys)),
  topic_key: (keys) => equalsAny('topic_key', splitList(keys)),
  is_client_read: (is) => (is ? sql`is_client_read` : sql`not is_client_read`),
  updated_from: (time) => sql`updated_at >= ${time}`,
  created_from: (time) => sql`created_at >= ${time}`,
};

const names = Object.keys(conditions) as Name[]; // the keys of this very object

/** The conditions, and a key that identifies them for caching: '' for the account's whole list. */
export function filterOf(query: TicketQuery, actor: ClientActor): { conditions: Condition[]; key: string } {
  const given = names.filter((name) => query[name] !== undefined);
  const requested = given.map((name) => {
    const condition = conditions[name] as (value: unknown) => Condition; // of the field's own type
    return condition(query[name]);
  });
  const key = given.map((name) => [name, query[name]]);
  if (seesAllOfAccount(actor))
    return { conditions: requested, key: key.length === 0 ? '' : JSON.stringify(key) };
  const seen = [actor.userId, ...key]; // whose projects change with an event of the account
  return { conditions: [visibleTo.tickets(actor), ...requested], key: JSON.stringify(seen) };
}

/** undefined: both open and closed. */
export type IsClosed = boolean | undefined;

export function stateOf({ only_opened = false, only_closed = false }: TicketQuery): IsClosed {
  if (only_opened && only_closed) {
    const errors = ['only_opened', 'only_closed'].map((pointer) => ({
      pointer,
      detail: 'cannot be combined with the other',
    }));
    throw invalid('invalid_request', '`only_opened` and `only_closed` cannot be combined.', errors);
  }
  return only_opened ? false : only_closed ? true : undefined;
}
