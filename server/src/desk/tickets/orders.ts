/** The sort orders of a client's list, and their cursors. */
import { type RawBuilder, sql } from 'kysely';
import { invalid } from '#errors.ts';
import type { TicketQuery, TicketRow, ticketSorts } from './schema.ts';

type SortName = (typeof ticketSorts)[number];

export interface Order {
  by: RawBuilder<unknown>;
  /** The same order reversed. */
  reversed: RawBuilder<unknown>;
  /** The condition for tickets after the given cursor. */
  isBehind: RawBuilder<unknown>;
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
    hasCursor: cursor !== undefined,
    page,
    cursorOf: ({ updated_at, number }) => `${name}.${Date.parse(updated_at)}.${number}.${page + 1}`,
  };
}

/**
 * `-updated.1763942400123.100042.2`: the order, the last ticket's time and number, and the number of the next page.
 */
function readCursor(cursor: string) {
  const [sort, ms, number, page] = cursor.split('.') as [SortName, string, string, string]; // checked by the schema
  const than = sort.startsWith('-') ? sql`<` : sql`>`;
  const isBehind = sort.endsWith('created')
    ? sql`number ${than} ${number}::bigint`
    : sql`(updated_at, number) ${than} (${new Date(Number(ms)).toISOString()}::timestamptz, ${number}::bigint)`;
  return { sort, isBehind, page: Number(page) };
}
