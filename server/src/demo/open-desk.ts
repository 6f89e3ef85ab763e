/** The desk before its first ticket: topics, support people, how they work, customers, and what lets each in. */
import { sql } from 'kysely';
import { type ClientActor, type StaffActor, system } from '#actor.ts';
import { defaultTopics } from '#desk/topics/defaults.ts';
import { addTopic, listAllTopics } from '#desk/topics/topics.ts';
import { indexContact } from '#people/accounts/account-search.ts';
import { addAccount } from '#people/accounts/accounts.ts';
import { addStaff } from '#people/staff/staff.ts';
import { issueToken } from '#people/tokens/tokens.ts';
import type { Tx } from '#platform/db/database.ts';
import { record } from '#platform/events/events.ts';
import { type Agent, agents, type Customer, customers } from './cast.ts';
import { type Credentials, newPassword } from './credentials.ts';
import { insertRows } from './insert.ts';
import { settleIn } from './settle-in.ts';
import { type Cast, userIdOf } from './stories.ts';
import { DAY } from './teller.ts';

const OPENED_DAYS_AGO = 118;

/** Sets the desk up as of some months before `now`, in milliseconds since 1970. */
export async function openInstance(tx: Tx, now: number): Promise<{ cast: Cast; credentials: Credentials }> {
  const known = new Set((await listAllTopics(tx)).map(({ key }) => key));
  for (const [position, topic] of defaultTopics.entries()) {
    if (!known.has(topic.key)) await addTopic(tx, system, { ...topic, position });
  }
  const cast: Cast = { clients: [], staff: [] };
  const credentials: Credentials = { accounts: [], staff: [] };
  for (const agent of agents) {
    const { actor, token } = await hire(tx, agent);
    const { email, name, role } = agent;
    cast.staff.push({ agent, actor });
    credentials.staff.push({ email, name, role, password: newPassword(), token });
  }
  await settleIn(tx, cast.staff, now);
  for (const customer of customers) {
    const { actor, token } = await welcome(tx, customer);
    const { external_id, name, locale } = customer;
    cast.clients.push({ customer, actor });
    credentials.accounts.push({ external_id, name, locale, token });
  }
  const users = cast.clients.flatMap(usersOf);
  await insertRows(tx, 'contacts', users);
  for (const { account_id, user_id: id, ...person } of users)
    await indexContact(tx, account_id, { id, ...person });
  await backdate(tx, now - OPENED_DAYS_AGO * DAY);
  return { cast, credentials };
}

async function hire(tx: Tx, agent: Agent): Promise<{ actor: StaffActor; token: string }> {
  const { staff_id, name, role } = await addStaff(tx, system, agent);
  const { token } = await issueToken(tx, system, { staff_id, name: 'Demo' });
  // They answer in the console, where nobody needs a key.
  const actor: StaffActor = {
    ...{ kind: 'staff', staffId: staff_id, name, role },
    ...{ tokenId: null, sessionId: null },
  };
  await record(tx, actor, 'staff.accepted', { data: { staff_id } });
  return { actor, token };
}

async function welcome(tx: Tx, customer: Customer): Promise<{ actor: ClientActor; token: string }> {
  const { external_id, name, email, locale, note } = customer;
  const { account_id } = await addAccount(tx, system, external_id, { name, email, locale, note });
  const { token, token_id } = await issueToken(tx, system, { account_id, name: 'Control panel' });
  const actor: ClientActor = {
    kind: 'client',
    accountId: account_id,
    accountName: name,
    tokenId: token_id,
    marksRead: true,
  };
  return { actor, token };
}

/** The people whom the customer's panel has handed over. */
function usersOf({ customer, actor }: Cast['clients'][number]) {
  const { email, people, locale, isHandedOver } = customer;
  if (!isHandedOver) return [];
  return people.map((person) => ({
    account_id: actor.accountId,
    user_id: userIdOf(customer, person),
    name: person.name,
    email: email.replace(/^[^@]+/, person.mailbox),
    locale,
  }));
}

/** Everything so far bears the time of this transaction. */
async function backdate(tx: Tx, at: number) {
  const time = new Date(at).toISOString();
  for (const table of [...changing, 'topics', 'staff', 'tokens', 'contacts', 'events']) {
    await sql`
      update ${sql.table(table)}
      set created_at = ${time}
      where created_at = now()::timestamptz(3)
    `.execute(tx);
  }
  for (const table of changing) {
    await sql`
      update ${sql.table(table)}
      set updated_at = created_at
      where created_at = ${time}
    `.execute(tx);
  }
}

const changing = ['accounts', 'calendars', 'sla_policies', 'canned_responses', 'inactivity_rules', 'views'];
