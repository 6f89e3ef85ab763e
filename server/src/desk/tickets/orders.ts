/** The sort orders of a client's list, and their cursors. */
import { invalid } from '#errors.ts';
import { type Sql, sql } from '#platform/sql.ts';
import type { TicketQuery, TicketRow, ticketSorts } from './schema.ts';

type SortName = (typeof ticketSorts)[number];

export interface Order {
  by: Sql;
  /** The same order reversed. */
  reversed: Sql;
  /** The condition for tickets after the given cursor. */
  isBehind: Sql;
  /** An index has the tickets in this order. */
  isIndexed: boolean;
  hasCursor: boolean;
  page: number;
  /** The cursor for the page after this ticket. */
  cursorOf(last: TicketRow): string;
}

const orders: Record<SortName, { by: string; reversed: string }> = {
  '-updated': { by: 'updated_at desc, number desc', reversed: 'updated_at, number' },
  updated: { by: 'updated_at, number', reversed: 'updated_at desc, number desc' },
  '-created': { by: 'number desc', reversed: 'number' },
  created: { by: 'number', reversed: 'number desc' },
  await_client: {
    by: 'is_await_client desc, updated_at desc, number desc',
    reversed: 'is_await_client, updated_at, number',
  },
};

/** The requested order; without one, that of the cursor. Throws a 400 for a cursor of another order. */
export function orderOf({ sort, after, page: asked }: TicketQuery): Order {
  const cursor = after === undefined ? undefined : readCursor(after);
  if (sort !== undefined && cursor !== undefined && cursor.sort !== sort) {
    throw invalid('invalid_cursor', `This cursor is for the order "${cursor.sort}", not for "${sort}".`);
  }
  const name = cursor?.sort ?? sort ?? '-updated';
  const page = cursor?.page ?? asked;
  return {
    by: sql.raw(orders[name].by),
    reversed: sql.raw(orders[name].reversed),
    isBehind: cursor?.isBehind ?? sql`true`,
    isIndexed: name !== 'await_client',
    hasCursor: cursor !== undefined,
    page,
    cursorOf: ({ is_await_client, updated_at, number }) => {
      const group = name === 'await_client' ? `.${is_await_client}` : '';
      return `${name}${group}.${Date.parse(updated_at)}.${number}.${page + 1}`;
    },
  };
}

/**
 * `-updated.1763942400123.100042.2`: the order, the last ticket's time and number, and the number of the next page. In
 * `await_client.true.1763942400123.100042.2` the last ticket waits for the client.
 */
function readCursor(cursor: string) {
  const [page = '', number = '', ms = '', group, sort = group] = cursor.split('.').reverse(); // checked by the schema
  const time = sql`${new Date(Number(ms)).toISOString()}::timestamptz`;
  return { sort: sort as SortName, isBehind: isBehind(), page: Number(page) };

  function isBehind() {
    const than = sort === 'updated' || sort === 'created' ? sql`>` : sql`<`;
    if (sort === 'await_client')
      return sql`(is_await_client, updated_at, number) < (${group === 'true'}, ${time}, ${number}::bigint)`;
    if (sort === 'created' || sort === '-created') return sql`number ${than} ${number}::bigint`;
    return sql`(updated_at, number) ${than} (${time}, ${number}::bigint)`;
  }
}
