/** Everybody in the demo, as the product knows them, and what lets them in. Verbs are told who acts. */
import { type ClientActor, type StaffActor, system } from '#actor.ts';
import type { Credentials } from '#faces/demo-credentials.ts';
import { addAccount } from '#people/accounts/accounts.ts';
import { openClientSession } from '#people/sso/client-sessions.ts';
import { acceptInvitation, inviteMember } from '#people/staff/invitations.ts';
import { issueToken } from '#people/tokens/tokens.ts';
import type { Database, Tx } from '#platform/db/database.ts';
import { newPassword } from './credentials.ts';
import type { Stage } from './make.ts';
import { readerOf } from './read.ts';
import { type Account, Accounts, type Member, Staff } from './schema.ts';

interface Customer extends Account {
  /** The program of the account. It writes for contacts whom single sign-on does not name. */
  actor: ClientActor;
}

export interface Cast {
  /** By the address before the @. */
  staff: Map<string, StaffActor>;
  /** By name. */
  customers: Map<string, Customer>;
  /** Of the panel, whose people come by single sign-on. */
  ssoTokenId: number;
  credentials: Credentials;
}

/** `database` is as the transaction sees it. */
export async function makeCast(tx: Tx, database: Database): Promise<Cast> {
  const name = 'Single sign-on';
  const { token_id, token } = await issueToken(tx, system, { kind: 'service', name });
  const credentials: Credentials = { accounts: [], staff: [], services: [{ name, token }] };
  const cast: Cast = { staff: new Map(), customers: new Map(), ssoTokenId: token_id, credentials };
  const hired = readerOf(Staff)('staff.yaml').map((member) => hire(tx, database, cast, member));
  credentials.staff = await Promise.all(hired); // passwords are hashed side by side
  for (const account of readerOf(Accounts)('accounts.yaml')) await welcome(tx, cast, account);
  return cast;
}

async function hire(tx: Tx, database: Database, { staff }: Cast, { locale, ...member }: Member) {
  const { email, name, role } = member;
  const password = newPassword();
  const { staff_id: staffId, invitation } = await inviteMember(tx, system, member);
  await acceptInvitation(database, invitation.secret, password);
  const { token } = await issueToken(tx, system, { staff_id: staffId, name: 'Demo' });
  staff.set(email.replace(/@.*/, ''), { kind: 'staff', staffId, name, role, tokenId: null, sessionId: null });
  return { email, name, role, locale, password, token };
}

async function welcome(tx: Tx, { customers, credentials }: Cast, account: Account) {
  const { external_id, name, email, locale, note } = account;
  const { account_id } = await addAccount(tx, system, external_id, { name, email, locale, note });
  const { token, token_id: tokenId } = await issueToken(tx, system, { account_id, name: 'Control panel' });
  const program = { accountId: account_id, accountName: name, tokenId, marksRead: true };
  customers.set(name, { ...account, actor: { kind: 'client', ...program } });
  credentials.accounts.push({ external_id, name, locale, token, contacts: contactsOf(account) });
}

/** The contacts of an account, as its panel knows them. */
const contactsOf = ({ external_id, contacts }: Account) =>
  contacts.map((contact, index) => ({ id: `${external_id}-${index + 1}`, ...contact }));

/** Who speaks for an account: a person, who signs in for it, or the account's program. */
export async function signIn({ tx, ssoTokenId }: Stage, customer: Customer, contact = '') {
  const { actor, has_sso, locale } = customer;
  const user = contactsOf(customer).find(({ name }) => name === contact);
  if (!has_sso || !user) return actor;
  await openClientSession(tx, actor.accountId, { user, locale }, { token_id: ssoTokenId });
  return { ...actor, tokenId: null, userId: user.id, userName: user.name };
}
