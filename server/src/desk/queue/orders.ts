/** The sort orders of the queue, and their cursors. */
import { priorities } from '#desk/tickets/schema.ts';
import { invalid } from '#errors.ts';
import { type Sql, sql } from '#platform/sql.ts';
import type { QueueTicket, sortNames } from './schema.ts';

type SortName = (typeof sortNames)[number];

interface Order {
  column: Sql;
  by: Sql;
  /** The condition of the partial index for this order. */
  present?: Sql;
  isDescending: boolean;
  /** The sort key of a ticket as a number. Creation order uses the ticket number. */
  parseCursor?: (ticket: QueueTicket) => number;
  /** SQL for a sort key. */
  at: (sortKey: number) => Sql;
}

/** The requested order; without one, that of the cursor. Throws a 400 for a cursor of another order. */
export function orderOf(sort: SortName | undefined, after: string | undefined) {
  const cursor = after === undefined ? undefined : readCursor(after);
  if (sort !== undefined && cursor !== undefined && cursor.sort !== sort) {
    throw invalid('invalid_cursor', `This cursor is for the order "${cursor.sort}", not for "${sort}".`);
  }
  const name = cursor?.sort ?? sort ?? '-updated';
  return {
    ...orders[name],
    isBehind: cursor?.isBehind,
    cursorOf: (last: QueueTicket) => cursorOf(name, last),
  };
}

/** A cursor is the order and the last ticket's sort key: `-updated.1763942400123.100042`. */
const cursorOf = (sort: SortName, ticket: QueueTicket) =>
  `${sort}.${orders[sort].parseCursor?.(ticket) ?? 0}.${ticket.number}`;

/** Parses a cursor, whose format the route's schema has checked. */
function readCursor(cursor: string) {
  const [sort, sortKey, number] = cursor.split('.') as [SortName, string, string];
  const { column, isDescending, parseCursor, at } = orders[sort];
  const than = isDescending ? sql`<` : sql`>`;
  const isBehind = parseCursor
    ? sql`(${column}, tickets.number) ${than} (${at(Number(sortKey))}, ${number}::bigint)`
    : sql`tickets.number ${than} ${number}::bigint`;
  return { sort, isBehind };
}

const ms = (time: string | null) => Date.parse(time ?? '1970-01-01T00:00:00Z');
const moment = (sortKey: number) => sql`${new Date(sortKey).toISOString()}::timestamptz`;

const order = (column: string, isDescending: boolean, more: Partial<Order> = {}): Order => ({
  column: sql.raw(column),
  by: sql.raw(isDescending ? `${column} desc, tickets.number desc` : `${column}, tickets.number`),
  isDescending,
  at: moment,
  ...more,
});

const time = (name: 'updated_at' | 'waiting_since' | 'due_at', isDescending: boolean): Order =>
  order(`tickets.${name}`, isDescending, {
    parseCursor: (ticket) => ms(ticket[name]),
    present: name === 'updated_at' ? undefined : sql.raw(`tickets.${name} is not null`),
  });

/** As in the indexes: 1 for low, 4 for urgent. */
const RANK = "array_position('{low,normal,high,urgent}'::text[], tickets.priority)";
const byRank: Partial<Order> = {
  parseCursor: ({ priority }) => priorities.indexOf(priority) + 1,
  at: (sortKey) => sql`${sortKey}::bigint`,
};

const orders: Record<SortName, Order> = {
  '-updated': time('updated_at', true),
  updated: time('updated_at', false),
  '-created': order('tickets.number', true),
  created: order('tickets.number', false),
  waiting: time('waiting_since', false),
  '-waiting': time('waiting_since', true),
  due: time('due_at', false),
  '-due': time('due_at', true),
  priority: order(RANK, false, byRank),
  '-priority': order(RANK, true, byRank),
};
