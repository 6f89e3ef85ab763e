/** Creates new things, each different from all before. */
import { randomUUID } from 'node:crypto';
import type { Caller, Response } from './caller.ts';
import { done } from './tickets.ts';

/** The id of what is added, which is its first field. */
export async function added(staff: Caller, things: string, input: object): Promise<number> {
  const { body } = await done(staff.post(`/staff/${things}`, input));
  return Number(Object.values(body)[0]);
}

export async function newTopic(admin: Caller): Promise<string> {
  const key = `topic-${randomUUID()}`;
  await done(admin.post('/staff/topics', { key, name: { en: key, ru: key } }));
  return key;
}

const mondays = { name: 'Mondays', time_zone: 'UTC', hours: { mon: [{ from: '09:00', to: '18:00' }] } };
const hello = () => ({ title: 'Hello', shortcut: randomUUID(), bodies: { en: 'Hello' } });

export const newCalendar = (admin: Caller) => added(admin, 'calendars', mondays);
export const newCannedResponse = (staff: Caller) => added(staff, 'canned-responses', hello());

/** One that has ended, as all others have then: how many are open is limited. */
export async function newIncident(admin: Caller): Promise<number> {
  const end = (id: number) => done(admin.patch(`/staff/incidents/${id}`, { is_ended: true }));
  const { items } = (await done(admin.get('/staff/incidents'))).body;
  for (const { incident_id, ended_at } of items) if (!ended_at) await end(incident_id);
  const id = await added(admin, 'incidents', { title: { en: 'Power', ru: 'Питание' } });
  await end(id);
  return id;
}

/** A tag that only this ticket has. */
export async function newTag(agent: Caller, number: number): Promise<string> {
  const tag = `tag-${randomUUID()}`;
  await done(agent.patch(`/staff/tickets/${number}`, { tags: [tag] }));
  return tag;
}

type ThingVerb = [event: string, work: () => Promise<Response>];

/** Adding, changing and deleting what admins create, each with its event. None may exist before. */
export function thingVerbs(admin: Caller): ThingVerb[] {
  const verbsOf = (noun: string, things: string, input: object, change: object): ThingVerb[] => {
    const url = `/staff/${things}`;
    const only = async () => `${url}/${Object.values((await admin.get(url)).body.items[0])[0]}`;
    return [
      [`${noun}.added`, () => admin.post(url, input)],
      [`${noun}.changed`, async () => admin.patch(await only(), change)],
      [`${noun}.deleted`, async () => admin.delete(await only())],
    ];
  };
  return [
    ...verbsOf('canned_response', 'canned-responses', hello(), { title: 'Hi' }),
    ...verbsOf('calendar', 'calendars', mondays, { name: 'Office' }),
    ...verbsOf('sla_policy', 'sla-policies', {}, { resolution_minutes: 60 }),
    ...verbsOf('inactivity_rule', 'inactivity-rules', {}, { is_enabled: true }),
  ];
}
