/** A filter of the queue as SQL over `tickets`. */
import { type RawBuilder, sql } from 'kysely';
import type { StaffActor } from '../actor.ts';
import type { QueueFilter } from './schema.ts';

type Condition = RawBuilder<unknown>;
type Conditions = {
  [K in keyof QueueFilter]-?: (value: NonNullable<QueueFilter[K]>, actor: StaffActor) => Condition;
};

/** What each field asks for. `q` is the search's, which has to look first how common its words are. */
const conditions: Omit<Conditions, 'q'> = {
  status_key: (keys) => sql`status_key = any(${keys.split(',')})`,
  is_closed: (is) => (is ? sql`is_closed` : sql`not is_closed`),
  topic_key: (keys) => oneOf(sql`topic_key`, keys.split(',')),
  account_id: (id) => sql`tickets.account_id = ${id}`,
  assignee_id: (ids, actor) =>
    oneOf(
      sql`assignee_id`,
      ids.split(',').map((id) => (id === 'me' ? String(actor.staffId) : id)),
      sql`bigint`,
    ),
  priority: (keys) => sql`priority = any(${keys.split(',')})`,
  tag: (tag) => sql`tags @> array[${tag.trim().toLowerCase()}] and tags <> '{}'`, // the second half is the index's own
  waiting: (side) =>
    side === 'support' ? sql`waiting_since is not null` : sql`not is_closed and status_key = 'await_client'`,
  is_staff_read: (is) => (is ? sql`is_staff_read` : sql`not is_staff_read`),
  mentioned: (_me, { staffId }) => sql`
    (tickets.account_id, tickets.number) in (
      select account_id, ticket_number
      from mentions
      where staff_id = ${staffId}
    )
  `,
  is_overdue: (is) => (is ? sql`due_at <= now()` : sql`(due_at is null or due_at > now())`),
  created_from: (time) => sql`created_at >= ${time}`,
  created_to: (time) => sql`created_at <= ${time}`,
  updated_from: (time) => sql`updated_at >= ${time}`,
  updated_to: (time) => sql`updated_at <= ${time}`,
};

/** The conditions of a filter, to be joined with `and`. A query may bring names that no filter has. */
export function conditionsOf(filter: QueueFilter, actor: StaffActor): Condition[] {
  const asked = names.flatMap((name) => {
    const condition = conditions[name] as (value: unknown, actor: StaffActor) => Condition; // of the field's own type
    return filter[name] === undefined ? [] : [condition(filter[name], actor)];
  });
  if (isOpenOnly(filter)) asked.push(sql`not is_closed`); // said for the index of what is open
  return asked;
}

const names = Object.keys(conditions) as Array<keyof typeof conditions>; // the keys of that very object

function isOpenOnly({ is_closed, status_key, waiting, is_overdue }: QueueFilter): boolean {
  if (is_closed !== undefined) return false; // said already
  return waiting !== undefined || is_overdue === true || status_key?.split(',').includes('closed') === false;
}

/** `none` among the keys stands for no value. One key alone is asked for in the order of its index. */
function oneOf(column: Condition, keys: string[], type = sql`text`): Condition {
  const given = keys.filter((key) => key !== 'none');
  const isGiven =
    given.length === 1 ? sql`${column} = ${given[0]}::${type}` : sql`${column} = any(${given}::${type}[])`;
  if (given.length === keys.length) return isGiven;
  return given.length === 0 ? sql`${column} is null` : sql`(${isGiven} or ${column} is null)`;
}
