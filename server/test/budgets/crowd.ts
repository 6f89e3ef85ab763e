/** Large tickets and long lists, inserted by SQL where the API would be slow. */
import type { Caller } from '#test/caller.ts';
import type { Instance } from '#test/instance.ts';
import type { People } from '#test/people.ts';
import { newCannedResponse, newTopic } from '#test/things.ts';
import { done, type TicketState, ticketIn } from '#test/tickets.ts';

/**
 * A ticket of 41 comments, each with a file. 20 are replies of staff, each with a vote; `response` is the first of
 * them.
 */
export async function crowded(instance: Instance, state: TicketState, client: Caller, agent: Caller) {
  const ticket = await ticketIn('replied', client, agent);
  await instance.query(
    `with written as (
       insert into comments (account_id, ticket_number, body, is_client_author, is_client_read, ticket_version, files, vote)
       select account_id, number, 'The disk is full, part ' || i, i % 2 = 0, i % 2 = 0, version + i,
         jsonb_build_array(jsonb_build_object('uuid', gen_random_uuid(), 'name', 'log.txt', 'size', 10,
           'extension', 'txt', 'content_type', 'text/plain; charset=utf-8', 'created_at', now())),
         case when i % 2 = 1 then
           jsonb_build_object('score', 1, 'comment', null, 'created_at', '2026-01-01T00:00:00.000Z')
         end
       from tickets, generate_series(1, 39) as i
       where number = $1
       returning *
     ), with_files as (
       insert into files (account_id, uuid, blob, name, size, extension, content_type, sha256, ticket_number, comment_id)
       select account_id, (file ->> 'uuid')::uuid, gen_random_uuid(), 'log.txt', 10, 'txt',
         'text/plain; charset=utf-8', sha256('a'), ticket_number, id
       from written, jsonb_array_elements(files) as file
     ), with_votes as (
       insert into votes (account_id, ticket_number, comment_id, score)
       select account_id, ticket_number, id, 1 from written where not is_client_author
     ), told as (
       insert into events (account_id, type, is_client_visible, ticket_number, comment_id, actor_kind)
       select account_id, 'ticket.commented', true, ticket_number, id, 'system' from written order by id
     )
     update tickets
     set comment_count = comment_count + 39, comment_bytes = comment_bytes + 39 * 30, version = version + 39,
         is_client_read = false
     where number = $1`,
    [ticket.number],
  );
  if (state === 'resolved') await agent.post(`/staff/tickets/${ticket.number}/resolve`);
  if (state === 'closed') await client.post(`/support/tickets/${ticket.number}/close`);
  return ticket;
}

/** The numbers of this many open tickets of the client. */
export async function manyTickets(count: number, client: Caller, agent: Caller) {
  const tickets = await Promise.all(Array.from({ length: count }, () => ticketIn('open', client, agent)));
  return tickets.map(({ number }) => number);
}

/** Fills lists: 20 views, 30 tokens, 20 canned responses, 20 members with sessions, 12 topics. */
export async function manyThings(instance: Instance, { owner, agent, admin }: People) {
  for (let i = 0; i < 20; i++) {
    await done(agent.post('/staff/views', { name: `View ${i}`, filter: { tag: `tag-${i}` } }));
    await newCannedResponse(agent);
    await instance.signedIn();
  }
  for (let i = 0; i < 30; i++) {
    await done(agent.post('/staff/me/tokens', { name: `Key ${i}` }));
    await done(admin.post(`/staff/accounts/${owner.accountId}/tokens`, { name: `Key ${i}` }));
  }
  for (let i = 0; i < 12; i++) await newTopic(admin);
  await manyTickets(50, owner, agent);
}
