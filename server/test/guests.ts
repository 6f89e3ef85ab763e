/** People who sign in by SSO. */
import { randomUUID } from 'node:crypto';
import { type Caller, caller } from './caller.ts';
import type { Instance } from './instance.ts';
import { done } from './tickets.ts';

export interface Person {
  id: string;
  name: string;
  email?: string | null;
  projects?: string[];
}

const ivan: Person = { id: '7', name: 'Ivan Sidorov', email: 'ivan@clients.example' };

/** The code of a new sign-in link for a person of this account. */
export async function signInLinkAt(instance: Instance, externalId = 'acme', user = ivan): Promise<string> {
  const service = await instance.service();
  const url = `/staff/accounts/by-external-id/${encodeURIComponent(externalId)}/sessions`;
  const { body } = await done(service.post(url, { user }));
  return body.url.split('#')[1];
}

/** A person of this account with a new session. Creates the account when it does not exist. */
export async function guestAt(instance: Instance, externalId = 'acme', user = ivan): Promise<Caller> {
  const { accountId } = await instance.client(externalId);
  const { body } = await done(
    instance.anonymous.post('/support/session', { code: await signInLinkAt(instance, externalId, user) }),
  );
  return caller(instance.app, { token: body.token }, accountId);
}

/** A person who has never signed in. */
export const newPerson = (name = 'Olga'): Person => ({ id: randomUUID(), name, email: null });
