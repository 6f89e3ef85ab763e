/** How support works from its first day: business hours, SLA, canned responses, rules for inactivity, views. */
import type { StaffActor } from '#actor.ts';
import { addCannedResponse } from '#desk/canned-responses/canned-responses.ts';
import { addInactivityRule } from '#desk/inactivity/inactivity-rules.ts';
import { addView } from '#desk/queue/views/views.ts';
import { addCalendar } from '#desk/sla/calendars.ts';
import { addPolicy } from '#desk/sla/policies.ts';
import { addDefaultTopics } from '#desk/topics/defaults.ts';
import type { Tx } from '#platform/db/database.ts';
import type { Cast } from './cast.ts';
import { named, readerOf } from './read.ts';
import { CannedResponses, InactivityRules, Sla, Views } from './schema.ts';

/** Ids by the name or shortcut that data files use. */
export type Ids = Map<string, number>;

/** Gives the ids of the canned responses. */
export async function settleIn(tx: Tx, { staff }: Cast, year: number): Promise<Ids> {
  const admin = named(staff, 'elena');
  await addDefaultTopics(tx);
  await addSla(tx, admin, year);
  const canned: Ids = new Map();
  for (const { owner, ...response } of readerOf(CannedResponses)('canned-responses.yaml')) {
    const actor = owner ? named(staff, owner) : admin;
    const { canned_response_id } = await addCannedResponse(tx, actor, { ...response, is_shared: !owner });
    canned.set(response.shortcut, canned_response_id);
  }
  for (const { reminder, ...rule } of readerOf(InactivityRules)('inactivity-rules.yaml')) {
    const canned_response_id = reminder ? named(canned, reminder) : null;
    await addInactivityRule(tx, admin, { ...rule, canned_response_id });
  }
  for (const [position, view] of readerOf(Views)('views.yaml').entries())
    await addView(tx, admin, { ...view, position, is_shared: true });
  return canned;
}

async function addSla(tx: Tx, admin: StaffActor, year: number) {
  const { calendars, policies } = readerOf(Sla)('sla.yaml');
  const ids: Ids = new Map();
  for (const calendar of calendars) {
    const years = [year - 1, year, year + 1];
    const holidays = years.flatMap((each) => calendar.holidays.map((day) => `${each}-${day}`));
    ids.set(calendar.name, (await addCalendar(tx, admin, { ...calendar, holidays })).calendar_id);
  }
  for (const { calendar, ...policy } of policies)
    await addPolicy(tx, admin, { ...policy, calendar_id: calendar ? named(ids, calendar) : null });
}
