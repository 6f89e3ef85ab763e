/** Tickets in the states that operations need. */
import assert from 'node:assert/strict';
import type { Caller } from './caller.ts';

/** The progress of a ticket: each state follows from the one before it. */
export type TicketState = 'open' | 'replied' | 'resolved' | 'closed';

/** A new ticket of the client. `response` is the id of the reply of staff, 0 when there is none. */
export async function ticketIn(state: TicketState, client: Caller, agent: Caller, more: object = {}) {
  const created = await client.post('/support/tickets', {
    summary: 'The disk is full',
    comment_body: 'Please help',
    ...more,
  });
  assert.equal(created.status, 200, created.text);
  const number: number = created.body.number;
  let response = 0;
  if (state !== 'open') response = await replyTo(number, agent);
  if (state === 'resolved') await done(agent.post(`/staff/tickets/${number}/resolve`));
  if (state === 'closed') await done(client.post(`/support/tickets/${number}/close`));
  return { number, response };
}

/** A ticket made by a split. `response` is the copied comment that it starts with. */
export async function splitOff(client: Caller, agent: Caller) {
  const { number: from, response: id } = await ticketIn('replied', client, agent);
  const split = { comment_ids: [id], summary: 'Another thing' };
  const number: number = (await done(agent.post(`/staff/tickets/${from}/split`, split))).body.number;
  const { comments } = (await done(agent.get(`/staff/tickets/${number}`))).body;
  return { number, response: comments[0].id as number };
}

/** A ticket that is merged into another. `response` is one of its notes. */
export async function merged(client: Caller, agent: Caller) {
  const { number } = await ticketIn('open', client, agent);
  const { number: into } = await ticketIn('open', client, agent);
  await done(agent.post(`/staff/tickets/${number}/merge`, { into }));
  const note = { body: 'Part of the other', internal: true };
  const { body } = await done(agent.post(`/staff/tickets/${number}/comments`, note));
  return { number, response: body.id as number };
}

/** A snoozed ticket. `response` is the id of the reply of staff. */
export async function snoozed(client: Caller, agent: Caller) {
  const ticket = await ticketIn('replied', client, agent);
  await done(agent.post(`/staff/tickets/${ticket.number}/snooze`, { until_reply: true }));
  return ticket;
}

async function replyTo(number: number, agent: Caller): Promise<number> {
  const { body } = await done(agent.post(`/staff/tickets/${number}/comments`, { body: 'Done' }));
  return body.id;
}

/** The response, which must be a success. */
export async function done<T extends { status: number; text: string }>(sent: Promise<T>): Promise<T> {
  const response = await sent;
  assert.equal(response.status, 200, response.text);
  return response;
}

/** The UUID of a new unattached upload. */
export async function uploadOf(who: Caller, name = 'notes.txt'): Promise<string> {
  return (await done(who.upload(name, 'Some notes\n'))).body.uuid;
}
