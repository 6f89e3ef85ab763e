/** Tickets that are larger than any response. Inserted by SQL, because the API would be slow. */
import type { Caller } from './caller.ts';
import type { Instance } from './instance.ts';
import { ticketIn } from './tickets.ts';

/**
 * A ticket with this many comments of maximum length after its first; every third is the client's. Also returns their
 * ids.
 */
export async function longTicket(instance: Instance, client: Caller, agent: Caller, comments: number) {
  const { number } = await ticketIn('replied', client, agent);
  const rows = await instance.query<{ id: number }>(
    `with written as (
       insert into comments (account_id, ticket_number, body, is_client_author, is_client_read, ticket_version)
       select account_id, number, repeat('😀', 50000), i % 3 = 0, i % 3 = 0, version + i
       from tickets, generate_series(1, $2) as i
       where number = $1
       returning account_id, id, ticket_number
     ), told as (
       insert into events (account_id, type, is_client_visible, ticket_number, comment_id, actor_kind)
       select account_id, 'ticket.commented', true, ticket_number, id, 'system'
       from written
       order by id
     ), counted as (
       update tickets
       set comment_count = comment_count + $2, comment_bytes = comment_bytes + $2 * 200000, version = version + $2,
           is_client_read = false
       where number = $1
     )
     select id from written order by id`,
    [number, comments],
  );
  return { number, ids: rows.map(({ id }) => Number(id)) };
}
