/** People whom a host's panel hands over. */
import { randomUUID } from 'node:crypto';
import { type Caller, caller, type Desk } from './support.ts';
import { done } from './tickets.ts';

export interface Person {
  id: string;
  name: string;
  email?: string | null;
  projects?: string[];
}

const ivan: Person = { id: '7', name: 'Ivan Sidorov', email: 'ivan@clients.example' };

/** The code of a new one-time link for a person of this account. */
export async function offerAt(desk: Desk, externalId = 'acme', user = ivan): Promise<string> {
  const service = await desk.service();
  const url = `/staff/accounts/by-external-id/${encodeURIComponent(externalId)}/sessions`;
  const { body } = await done(service.post(url, { user }));
  return body.url.split('#')[1];
}

/** A person of this account with a new session; the account is made when there is none. */
export async function guestAt(desk: Desk, externalId = 'acme', user = ivan): Promise<Caller> {
  const { accountId } = await desk.client(externalId);
  const { body } = await done(
    desk.anonymous.post('/support/session', { code: await offerAt(desk, externalId, user) }),
  );
  return caller(desk.app, { token: body.token }, accountId);
}

/** Somebody nobody has handed over yet. */
export const newPerson = (name = 'Olga'): Person => ({ id: randomUUID(), name, email: null });
