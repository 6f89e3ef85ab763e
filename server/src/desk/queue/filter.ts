/** SQL over `tickets` for a filter of the queue. */
import type { StaffActor } from '#actor.ts';
import { accessConditions } from '#desk/tickets/filter.ts';
import { equalsAny, splitList } from '#platform/db/equals-any.ts';
import { type Sql, sql } from '#platform/sql.ts';
import type { QueueFilter, RequestFilter } from './schema.ts';

type Condition = Sql;
type Conditions = {
  [K in keyof RequestFilter]-?: (value: NonNullable<RequestFilter[K]>, actor: StaffActor) => Condition;
};

/** What must be looked up first, because it may be rare or common: search.ts, client.ts and rare.ts do. */
type LookedUp = 'q' | 'client' | 'has_files' | 'score_from' | 'score_to';

/** The condition of each other field. */
const conditions: Omit<Conditions, LookedUp> = {
  status_key: (keys) => equalsAny('status_key', splitList(keys), 'text', { isShown: true }),
  is_closed: (is) => (is ? sql`is_closed` : sql`not is_closed`),
  topic_key: (keys) => equalsAny('topic_key', splitList(keys)),
  account_id: (ids) => equalsAny('tickets.account_id', splitList(ids), 'bigint'),
  assignee_id: (ids, actor) =>
    equalsAny(
      'assignee_id',
      splitList(ids).map((id) => (id === 'me' ? String(actor.staffId) : id)),
      'bigint',
    ),
  assignee: (_disabled) => sql`
    assignee_id = any(array(select staff_id from staff where disabled_at is not null))
  `,
  priority: (keys) => equalsAny('priority', splitList(keys), 'text', { isShown: true }),
  tag: (tags) => sql`tags && ${tagsIn(tags)}::text[] and tags <> '{}'`, // the second half matches the partial index
  waiting: (sides) =>
    sql`(${sql.join(
      splitList(sides).map((side) => waitingFor[side]),
      sql` or `,
    )})`,
  ...accessConditions,
  external_id: (id) => sql`external_id = ${id}`,
  is_staff_read: (is) => (is ? sql`is_staff_read` : sql`not is_staff_read`),
  mentioned: (_me, { staffId }) => sql`
    (tickets.account_id, tickets.number) in (
      select account_id, ticket_number
      from mentions
      where staff_id = ${staffId}
    )
  `,
  draft: (_me, { staffId }) => sql`
    (tickets.account_id, tickets.number) in (
      select account_id, ticket_number
      from drafts
      where staff_id = ${staffId}
    )
  `,
  is_overdue: (is) => (is ? sql`due_at <= now()` : sql`(due_at is null or due_at > now())`),
  is_snoozed: (is) => (is ? sql`is_snoozed` : sql`not is_snoozed`),
  created_from: (time) => sql`created_at >= ${time}`,
  created_to: (time) => sql`created_at <= ${time}`,
  updated_from: (time) => sql`updated_at >= ${time}`,
  updated_to: (time) => sql`updated_at <= ${time}`,
  number: (numbers) => equalsAny('tickets.number', splitList(numbers), 'bigint'),
};

const waitingFor: Record<string, Condition> = {
  support: sql`waiting_since is not null`,
  client: sql`not is_closed and status_key = 'await_client'`,
};

/** A tag may contain a comma: the whole text is also looked up as one tag. */
const tagsIn = (list: string) => [...splitList(list), list].map((tag) => tag.trim().toLowerCase());

/** The conditions of a filter, to be joined with `and`. A query may have parameters that are no filter. */
export function conditionsOf(filter: RequestFilter, actor: StaffActor): Condition[] {
  const asked = names.flatMap((name) => {
    const condition = conditions[name] as (value: unknown, actor: StaffActor) => Condition; // of the field's own type
    return filter[name] === undefined ? [] : [condition(filter[name], actor)];
  });
  if (isOpenOnly(filter)) asked.push(sql`not is_closed`); // stated so that PostgreSQL can use the index of open tickets
  return asked;
}

const names = Object.keys(conditions) as Array<keyof typeof conditions>; // the keys of this very object

/**
 * Snoozed tickets are hidden unless requested, except in a search, among the tickets of a client, and among those
 * with mentions or a draft.
 */
export const hidesSnoozed = ({ is_closed, ...filter }: QueueFilter) =>
  showsSnoozed.every((name) => filter[name] === undefined) && is_closed !== true;

const showsSnoozed = ['is_snoozed', 'q', 'account_id', 'client', 'mentioned', 'draft'] as const;

function isOpenOnly({ is_closed, status_key, waiting, is_overdue }: QueueFilter): boolean {
  if (is_closed !== undefined) return false; // stated already
  return (
    waiting !== undefined ||
    is_overdue === true ||
    (status_key !== undefined && !splitList(status_key).includes('closed'))
  );
}
