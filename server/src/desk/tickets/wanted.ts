import { sql } from '#platform/sql.ts';

interface TicketKey {
  account_id: number;
  number: number;
}

/** SQL for a table `wanted` of these tickets' keys: what changes many tickets joins it, and stays one statement. */
export const wanted = (tickets: TicketKey[]) => sql`
  unnest(
    ${tickets.map(({ account_id }) => account_id)}::bigint[], ${tickets.map(({ number }) => number)}::bigint[]
  ) as wanted (account_id, number)
`;
