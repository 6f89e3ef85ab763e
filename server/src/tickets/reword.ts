import { sql } from 'kysely';
import type { Tx } from '../db/database.ts';
import { addWords, restartWords, wordsOf } from '../search/words.ts';
import type { TicketRow } from './schema.ts';

/**
 * A ticket is found by what it says now, no longer by an earlier summary or alias or by a comment that has left it. One
 * that has gone back to where it was split from is found by its number alone.
 */
export async function rewordSearch(tx: Tx, ticket: TicketRow) {
  const { account_id, number, summary, client_aliased_name } = ticket;
  if (hasGoneBack(ticket)) return restartWords(account_id, number, []).execute(tx);
  await restartWords(account_id, number, wordsOf(summary, client_aliased_name)).execute(tx);
  const { rows } = await sql<{ body: string }>`
    select body
    from comments
    where account_id = ${account_id} and ticket_number = ${number} and not is_internal
    order by id
  `.execute(tx);
  for (const { body } of rows) await addWords(account_id, number, wordsOf(body)).execute(tx);
}

const hasGoneBack = ({ merged_into_ticket_number: whole, splitted_from_ticket_number: source }: TicketRow) =>
  whole !== null && whole === source;
