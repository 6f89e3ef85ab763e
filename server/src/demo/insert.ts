/** Puts a history into the database, one statement a table. */
import { sql } from 'kysely';
import { endRecount, SLA } from '#desk/sla/recount-all.ts';
import type { Tx } from '#platform/db/database.ts';
import { moveCursor } from '#platform/events/following.ts';
import { ticketWords, wordsOf } from '#platform/text/search-words.ts';
import type { History } from './tables.ts';

export async function insertHistory(tx: Tx, history: History, stopping?: AbortSignal) {
  const { blobs, alerts, ...tables } = history;
  for (const [table, rows] of Object.entries({ ...tables, sla_alerts: alerts })) {
    stopping?.throwIfAborted();
    await insertRows(tx, table, rows);
  }
  await countTickets(tx);
  await countComments(tx);
  await noteUses(tx);
  await insertWords(tx, history);
  await followFromHere(tx);
}

/** What is due has been counted: only what happens from now on is followed. */
async function followFromHere(tx: Tx) {
  const { rows } = await sql<{ cursor: string }>`
    select epoch || '.' || xid || '.' || id as cursor
    from events
    order by epoch desc, xid desc, id desc
    limit 1
  `.execute(tx);
  if (rows[0]) await moveCursor(tx, SLA, rows[0].cursor);
  await endRecount(tx);
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
export async function insertRows(tx: Tx, table: string, rows: object[]) {
  const [first] = rows;
  if (!first) return;
  const columns = sql.join(Object.keys(first).map((name) => sql.ref(name)));
  await sql`
    insert into ${sql.table(table)} (${columns})
    select ${columns}
    from jsonb_populate_recordset(null::${sql.table(table)}, ${JSON.stringify(rows)})
  `.execute(tx);
}

async function countComments(tx: Tx) {
  await sql`
    update tickets
    set comment_count = counted.comments, comment_bytes = counted.bytes
    from (
      select account_id, ticket_number, count(*) as comments, sum(octet_length(body)) as bytes
      from comments
      group by account_id, ticket_number
    ) as counted
    where tickets.account_id = counted.account_id and tickets.number = counted.ticket_number
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

async function noteUses(tx: Tx) {
  await sql`
    update tokens
    set last_used_at = used.at
    from (select token_id, max(sent_at) as at from comments group by token_id) as used
    where tokens.token_id = used.token_id
  `.execute(tx);
  await sql`
    update contacts
    set last_seen_at = seen.at
    from (select account_id, user_id, max(created_at) as at from events group by account_id, user_id) as seen
    where contacts.account_id = seen.account_id and contacts.user_id = seen.user_id
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
    const words = wordsOf(summary, client_aliased_name, ...bodies);
    const itself = sql`array_to_tsvector(array[${`${account_id}:#${number}`}])`;
    return sql`(
      ${account_id}, ${number}, ${is_closed}, ${ticketWords(account_id, words)} || ${itself}, ${words.count}
    )`;
  });
  for (let i = 0; i < rows.length; i += WORDS_AT_ONCE) {
    await sql`
      insert into ticket_search (account_id, number, is_closed, words, word_count)
      values ${sql.join(rows.slice(i, i + WORDS_AT_ONCE))}
    `.execute(tx);
  }
}

const WORDS_AT_ONCE = 50; // half the time of one by one
