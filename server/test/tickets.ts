/** Tickets in the states that operations ask for. */
import assert from 'node:assert/strict';
import type { Caller } from './support.ts';

/** How far a ticket has come: each state follows from the one before it. */
export type TicketState = 'open' | 'answered' | 'resolved' | 'closed';

/** A new ticket of the client's; `answer` is the id of support's comment, 0 when there is none. */
export async function ticketIn(state: TicketState, client: Caller, agent: Caller, more: object = {}) {
  const created = await client.post('/support/tickets', {
    summary: 'The disk is full',
    comment_body: 'Please help',
    ...more,
  });
  assert.equal(created.status, 200, created.text);
  const number: number = created.body.number;
  let answer = 0;
  if (state !== 'open') answer = await answerTo(number, agent);
  if (state === 'resolved') await done(agent.post(`/staff/tickets/${number}/resolve`));
  if (state === 'closed') await done(client.post(`/support/tickets/${number}/close`));
  return { number, answer };
}

/** A ticket that a split has made; `answer` is the copy that it consists of. */
export async function splitOff(client: Caller, agent: Caller) {
  const { number: from, answer: id } = await ticketIn('answered', client, agent);
  const split = { comment_ids: [id], summary: 'Another thing' };
  const number: number = (await done(agent.post(`/staff/tickets/${from}/split`, split))).body.number;
  const { comments } = (await done(agent.get(`/staff/tickets/${number}`))).body;
  return { number, answer: comments[0].id as number };
}

/** A ticket that is a part of another; `answer` is a note that it has of its own. */
export async function merged(client: Caller, agent: Caller) {
  const { number } = await ticketIn('open', client, agent);
  const { number: into } = await ticketIn('open', client, agent);
  await done(agent.post(`/staff/tickets/${number}/merge`, { into }));
  const note = { body: 'Part of the other', internal: true };
  const { body } = await done(agent.post(`/staff/tickets/${number}/comments`, note));
  return { number, answer: body.id as number };
}

/** A ticket that is put away; `answer` is the id of support's comment. */
export async function snoozed(client: Caller, agent: Caller) {
  const ticket = await ticketIn('answered', client, agent);
  await done(agent.post(`/staff/tickets/${ticket.number}/snooze`, { until_reply: true }));
  return ticket;
}

async function answerTo(number: number, agent: Caller): Promise<number> {
  const { body } = await done(agent.post(`/staff/tickets/${number}/comments`, { body: 'Done' }));
  return body.id;
}

/** The answer, which must be a success. */
export async function done<T extends { status: number; text: string }>(sent: Promise<T>): Promise<T> {
  const answer = await sent;
  assert.equal(answer.status, 200, answer.text);
  return answer;
}

/** The UUID of a new upload that waits for a comment. */
export async function uploadOf(who: Caller, name = 'notes.txt'): Promise<string> {
  return (await done(who.upload(name, 'Some notes\n'))).body.uuid;
}
