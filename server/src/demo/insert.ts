/** Puts a history into the database, one statement a table. */
import { sql } from 'kysely';
import type { Tx } from '../db/database.ts';
import { ticketWords, wordsOf } from '../search/words.ts';
import type { History } from './rows.ts';

export async function insertHistory(tx: Tx, history: History) {
  const { tickets, comments, files, votes, events } = history;
  for (const [table, rows] of Object.entries({ tickets, comments, files, votes, events })) {
    await insertRows(tx, table, rows);
  }
  await countTickets(tx);
  await noteTokenUses(tx);
  await insertWords(tx, history);
}

/** Draws numbers as any other transaction would; nobody else is given the same. */
export async function drawIds(
  tx: Tx,
  sequence: 'ticket_numbers' | 'comment_ids',
  count: number,
): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    select nextval(${sequence}) as id
    from generate_series(1, ${count})
  `.execute(tx);
  return rows.map(({ id }) => id);
}

/** The rows travel as one JSON array: PostgreSQL gives each value the type of its column. */
async function insertRows(tx: Tx, table: string, rows: object[]) {
  const columns = sql.join(Object.keys(rows[0] ?? {}).map((name) => sql.ref(name)));
  await sql`
    insert into ${sql.table(table)} (${columns})
    select ${columns}
    from jsonb_populate_recordset(null::${sql.table(table)}, ${JSON.stringify(rows)})
  `.execute(tx);
}

async function countTickets(tx: Tx) {
  await sql`
    update account_state
    set tickets_open = counted.open, tickets_closed = counted.closed
    from (
      select account_id, count(*) filter (where not is_closed) as open, count(*) filter (where is_closed) as closed
      from tickets
      group by account_id
    ) as counted
    where account_state.account_id = counted.account_id
  `.execute(tx);
}

async function noteTokenUses(tx: Tx) {
  await sql`
    update tokens
    set last_used_at = used.at
    from (select token_id, max(sent_at) as at from comments group by token_id) as used
    where tokens.token_id = used.token_id
  `.execute(tx);
}

/** The search row of each ticket, as opening it and each comment since would have filled it. */
async function insertWords(tx: Tx, { tickets, comments }: History) {
  const visible = Map.groupBy(
    comments.filter(({ is_internal }) => !is_internal),
    ({ ticket_number }) => ticket_number,
  );
  const rows = tickets.map(({ account_id, number, is_closed, summary, client_aliased_name }) => {
    const bodies = (visible.get(number) ?? []).map(({ body }) => body);
    const words = ticketWords(account_id, wordsOf(summary, client_aliased_name, ...bodies));
    const itself = sql`array_to_tsvector(array[${`${account_id}:#${number}`}])`;
    return sql`(${account_id}, ${number}, ${is_closed}, ${words} || ${itself})`;
  });
  for (let i = 0; i < rows.length; i += WORDS_AT_ONCE) {
    await sql`
      insert into ticket_search (account_id, number, is_closed, words)
      values ${sql.join(rows.slice(i, i + WORDS_AT_ONCE))}
    `.execute(tx);
  }
}

const WORDS_AT_ONCE = 50; // half the time of one by one
