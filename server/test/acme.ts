/** The account acme with every kind of resource, and words that identify whose text a response shows. */
import { randomUUID } from 'node:crypto';
import { hashPassword } from '#people/staff/passwords.ts';
import { openSession } from '#people/staff/sessions/sessions.ts';
import type { Sample } from './call-route.ts';
import type { Caller } from './caller.ts';
import type { Instance } from './instance.ts';
import type { People } from './people.ts';
import { setAsideEvent } from './set-aside.ts';
import { codeOf, PASSWORD } from './sign-in.ts';
import { added, newCalendar, newCannedResponse, newIncident, newTag, newTopic } from './things.ts';
import { done, merged, snoozed, splitOff, ticketIn, uploadOf } from './tickets.ts';

/** Part of every text that a client of acme wrote. */
export const CLIENT_WORD = 'zebrafish';
/** Part of every text about acme that is for staff only. */
export const STAFF_WORD = 'quokka';

export type Side = 'client' | 'staff';

export interface Acme {
  /** New resources of acme by the name of a path parameter, in every state that an operation may need. */
  own(parameter: string, side: Side): Promise<Sample[]>;
  /** Required fields for operations without a path parameter. */
  needed(operationId: string): Promise<Sample[]>;
  /** Resources by the name of a path parameter that exist but are hidden from clients of acme, or from staff. */
  hidden(parameter: string, side: Side): string[];
  /** The parts of one complete ticket, by the name of a path parameter. */
  full: Record<string, string>;
  /** Numbers, ids and UUIDs of acme's resources. */
  names: string[];
  /** An unattached upload of acme. */
  upload: string;
}

export async function furnish(instance: Instance, people: People): Promise<Acme> {
  const { owner, stranger, agent } = people;
  await instance.query('update accounts set note = $1 where account_id = $2', [STAFF_WORD, owner.accountId]);
  const [attached, upload] = [
    await uploadOf(owner, `${CLIENT_WORD}.txt`),
    await uploadOf(owner, `${CLIENT_WORD}.txt`),
  ];
  const { number, response } = await ticketIn('closed', owner, agent, {
    summary: `My ${CLIENT_WORD}`,
    comment_body: `It is a ${CLIENT_WORD}`,
    client_aliased_name: CLIENT_WORD,
    client_emails: [`${CLIENT_WORD}@clients.example`],
    files: [attached],
  });
  await done(owner.post(`/support/tickets/${number}/vote`, { score: 3, comment: CLIENT_WORD }));
  const note = await writeNote(people, number);
  await beginWriting(agent, number);
  await done(agent.put(`/staff/tickets/${number}/presence`, { state: 'writing' }));
  const foreign = await ticketIn('replied', stranger, agent, { files: [await uploadOf(stranger)] });
  const [foreignFile] = await instance.query<{ uuid: string }>(
    'select uuid from files where account_id = $1',
    [stranger.accountId],
  );

  const hidden: Record<Side, Record<string, unknown[]>> = {
    client: {
      ticket_number: [foreign.number],
      comment_id: [foreign.response, note.id],
      uuid: [foreignFile?.uuid, await uploadOf(stranger), note.file, await uploadOf(agent)],
    },
    staff: { uuid: [upload], own_token_id: [owner.tokenId, people.service.tokenId] },
  };
  return {
    own: (parameter, side) => ownSamples(instance, people, parameter, side),
    needed: (operationId) => neededSamples(instance, people, operationId),
    hidden: (parameter, side) => (hidden[side][parameter] ?? []).map(String),
    full: { ticket_number: String(number), comment_id: String(response), uuid: attached },
    names: [number, response, attached, upload, note.id, note.file].map(String),
    upload,
  };
}

async function writeNote({ agent }: People, number: number) {
  const file = await uploadOf(agent, `${STAFF_WORD}.txt`);
  const note = { body: `A ${STAFF_WORD}`, internal: true, files: [file] };
  const { body } = await done(agent.post(`/staff/tickets/${number}/comments`, note));
  return { id: body.id as number, file };
}

async function ownSamples(
  instance: Instance,
  people: People,
  parameter: string,
  side: Side,
): Promise<Sample[]> {
  const { owner, agent, admin, signedIn } = people;
  switch (parameter) {
    case 'ticket_number':
      return ownTickets(instance, people, side);
    case 'comment_id':
      return ownComments(instance, people, side);
    case 'uuid':
      return ownFiles(people, side);
    case 'delayed_reply_id':
      return Promise.all(
        Object.entries({ agent, admin, signedIn }).map(([of, staff]) => ownDelayedReply(of, owner, staff)),
      );
    case 'account_id':
      return [{ value: String(owner.accountId) }];
    case 'erased_account_id':
      return [{ value: String(await newAccount(instance)) }];
    case 'erasure_id': {
      const erased = await done(admin.post(`/staff/accounts/${await newAccount(instance)}/erase`, {}));
      return [{ value: String(erased.body.erasure_id) }];
    }
    case 'external_id':
      return [{ value: 'acme' }];
    case 'token_id':
      return [{ value: String((await instance.client('acme')).tokenId) }];
    case 'kid':
      return [{ value: await ssoKey(admin) }];
    case 'own_token_id':
      return Promise.all(
        Object.entries({ agent, admin, signedIn }).map(([of, staff]) => ownToken(of, staff)),
      );
    case 'staff_id':
      return [{ value: String((await instance.signedIn('agent')).staffId) }];
    case 'session_id':
      return Promise.all(
        Object.entries({ agent, admin, signedIn }).map(async ([of, staff]) =>
          ownSession(instance, of, staff),
        ),
      );
    case 'topic_key':
      return [{ value: 'servers' }];
    case 'view_id':
      return Promise.all(Object.entries({ agent, admin, signedIn }).map(([of, staff]) => ownView(of, staff)));
    case 'bulk_id':
      return Promise.all(Object.entries({ agent, admin, signedIn }).map(([of, staff]) => ownBulk(of, staff)));
    case 'canned_response_id': {
      const { number } = await ticketIn('open', owner, agent);
      return Promise.all(
        Object.entries({ agent, admin, signedIn }).map(([of, staff]) => ownCannedResponse(of, staff, number)),
      );
    }
    case 'tag':
      return [{ value: await newTag(agent, (await ticketIn('open', owner, agent)).number) }];
    case 'calendar_id':
      return [{ value: String(await newCalendar(admin)) }];
    case 'sla_policy_id':
      return [await ofNewTopic('sla-policies', admin)];
    case 'inactivity_rule_id':
      return [await ofNewTopic('inactivity-rules', admin)];
    case 'incident_id':
      return [{ value: String(await newIncident(admin)) }];
    case 'set_aside_event_id':
      return [{ value: String(await setAsideEvent(instance)) }];
    case 'status_key':
      return [{ value: 'in_progress' }];
    default:
      throw new Error(`Say in acme.ts what can stand for ":${parameter}".`);
  }
}

/** Tickets in every state; for staff also with drafts; also the result of a split and the source of a merge. */
async function ownTickets(
  instance: Instance,
  { owner, agent, admin, signedIn }: People,
  side: Side,
): Promise<Sample[]> {
  const elsewhere = await newAccount(instance);
  const states = ['replied', 'resolved', 'closed'] as const;
  const tickets = await Promise.all(states.map((state) => ticketIn(state, owner, agent)));
  const shaped =
    side === 'staff'
      ? [await splitOff(owner, agent), await merged(owner, agent), await snoozed(owner, agent)]
      : [];
  const { number: into } = await ticketIn('open', owner, agent);
  const all = [...tickets, ...shaped];
  const writers = side === 'staff' ? [agent, admin, signedIn] : [];
  for (const { number } of all) await Promise.all(writers.map((staff) => beginWriting(staff, number)));
  return all.map(({ number, response }) => ({
    value: String(number),
    known: { comment_ids: [response], into, account_id: elsewhere },
  }));
}

/** Comments of each writer, who alone may redact them; all of them see them. */
async function ownComments(instance: Instance, people: People, side: Side): Promise<Sample[]> {
  const { owner, agent, admin, signedIn } = people;
  const writers = side === 'staff' ? [agent, admin, signedIn] : [agent];
  const tickets = await Promise.all(writers.map((staff) => ticketIn('replied', owner, staff)));
  const [first] = await instance.query<{ id: number }>(
    'select id from comments where ticket_number = $1 order by id limit 1',
    [tickets[0]?.number],
  );
  const ids = tickets.map(({ response }) => response);
  for (const id of ids) await done(owner.post(`/support/comments/${id}/vote`, { score: 1 })); // one to delete
  return (side === 'staff' ? ids : [...ids, first?.id]).map((id) => ({ value: String(id) }));
}

/** An attached file, and an unattached upload of each writer. */
async function ownFiles({ owner, agent, admin, signedIn }: People, side: Side): Promise<Sample[]> {
  const attached = await uploadOf(owner);
  await ticketIn('open', owner, agent, { files: [attached] });
  const writers = side === 'staff' ? [agent, admin, signedIn] : [owner];
  const uploads = await Promise.all(writers.map((writer) => uploadOf(writer)));
  return [attached, ...uploads].map((value) => ({ value }));
}

/** The id of an account that nobody else uses. */
const newAccount = async (instance: Instance) => (await instance.client(randomUUID())).accountId;

const beginWriting = (staff: Caller, number: number) =>
  done(staff.put(`/staff/tickets/${number}/draft`, { body: STAFF_WORD }));

async function ownDelayedReply(of: string, client: Caller, staff: Caller): Promise<Sample> {
  const { number } = await ticketIn('replied', client, staff);
  const delayedReply = { body: STAFF_WORD, delay_seconds: 60 };
  const { body } = await done(staff.post(`/staff/tickets/${number}/delayed-replies`, delayedReply));
  return { value: String(body.delayed_reply_id), of };
}

async function ownBulk(of: string, staff: Caller): Promise<Sample> {
  const { body } = await done(staff.post('/staff/bulk', { ticket_numbers: [1], action: 'read' }));
  return { value: String(body.bulk_id), of };
}

async function ownView(of: string, staff: Caller): Promise<Sample> {
  const { body } = await done(staff.post('/staff/views', { name: 'Mine', filter: {} }));
  return { value: String(body.view_id), of };
}

async function ownToken(of: string, staff: Caller): Promise<Sample> {
  const { body } = await done(staff.post('/staff/me/tokens', { name: 'Mine' }));
  return { value: String(body.token_id), of };
}

async function ownSession({ database }: Instance, of: string, staff: Caller): Promise<Sample> {
  const { body } = await done(staff.get('/staff/me'));
  const origin = { ip: '127.0.0.1', userAgent: null };
  const { session_id } = await database.transact((tx) =>
    openSession(tx, body, origin, { by: 'password', second_factor: 'none' }),
  );
  return { value: String(session_id), of };
}

/** What only the caller can know, for operations about themselves. */
async function neededSamples(instance: Instance, people: People, operationId: string): Promise<Sample[]> {
  const know: Record<string, (staff: Caller) => Promise<object>> = {
    enrolSecondFactor: async (staff) => ({ password: await givenPassword(instance, staff) }),
    confirmSecondFactor: async (staff) => {
      const proof = { password: await givenPassword(instance, staff) };
      const { secret } = (await done(staff.post('/staff/me/totp', proof))).body;
      return { code: codeOf(secret) };
    },
    turnOffSecondFactor: async (staff) => ({ password: await givenPassword(instance, staff) }),
    changePassword: async (staff) => ({ password: await givenPassword(instance, staff) }),
    runBulk: async () => ({ action: 'read' }),
  };
  const { agent, admin, signedIn } = people;
  const knowing = know[operationId];
  if (!knowing) return [{ value: '' }];
  await instance.query('delete from credentials');
  return Promise.all(
    Object.entries({ agent, admin, signedIn }).map(async ([of, staff]) => ({
      value: '',
      of,
      known: { ...(await knowing(staff)) },
    })),
  );
}

async function givenPassword(instance: Instance, staff: Caller): Promise<string> {
  const { staff_id } = (await done(staff.get('/staff/me'))).body;
  const sql = 'insert into credentials (staff_id, password_hash) values ($1, $2)';
  await instance.query(sql, [staff_id, await hashPassword(PASSWORD)]);
  return PASSWORD;
}

async function ssoKey(admin: Caller): Promise<string> {
  return (await done(admin.post('/staff/sso-keys', { name: 'panel', algorithm: 'HS256' }))).body.kid;
}

async function ofNewTopic(things: string, admin: Caller): Promise<Sample> {
  return { value: String(await added(admin, things, { topic_key: await newTopic(admin) })) };
}

async function ownCannedResponse(of: string, staff: Caller, ticket_number: number): Promise<Sample> {
  return { value: String(await newCannedResponse(staff)), of, known: { ticket_number } };
}
