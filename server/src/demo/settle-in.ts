/** How support works from its first day: business hours, promises, canned responses, what follows inactivity, views. */
import { isAdmin, type StaffActor } from '#actor.ts';
import { addCannedResponse } from '#desk/canned-responses/canned-responses.ts';
import { addInactivityRule } from '#desk/inactivity/inactivity-rules.ts';
import { addView } from '#desk/queue/views/views.ts';
import { addCalendar } from '#desk/sla/calendars.ts';
import { addPolicy } from '#desk/sla/policies.ts';
import type { Tx } from '#platform/db/database.ts';
import { ownAnswers, reminder, sharedAnswers } from './canned.ts';
import { calendars, inactivityRules, policies, views } from './house.ts';
import type { Colleague } from './teller.ts';

/** `now` is in milliseconds since 1970. */
export async function settleIn(tx: Tx, staff: Colleague[], now: number) {
  const admin = staff.find(({ actor }) => isAdmin(actor))?.actor;
  if (!admin) throw new Error('The demo needs an admin.');
  await makePromises(tx, admin, new Date(now).getUTCFullYear());
  const reminderId = await addAnswers(tx, admin, staff);
  for (const rule of inactivityRules) {
    const canned_response_id = rule.remind_after_days ? reminderId : null;
    await addInactivityRule(tx, admin, { ...rule, canned_response_id });
  }
  for (const [position, view] of views.entries()) {
    await addView(tx, admin, { ...view, position, is_shared: true });
  }
}

async function makePromises(tx: Tx, admin: StaffActor, year: number) {
  const ids = new Map<string, number>();
  for (const [key, calendar] of Object.entries(calendars)) {
    const years = [year - 1, year, year + 1];
    const holidays = years.flatMap((each) => calendar.holidays.map((day) => `${each}-${day}`));
    ids.set(key, (await addCalendar(tx, admin, { ...calendar, holidays })).calendar_id);
  }
  for (const { calendar, ...policy } of policies) {
    const calendar_id = calendar ? ids.get(calendar) : null;
    await addPolicy(tx, admin, { ...policy, calendar_id });
  }
}

/** Gives the id of the reminder. */
async function addAnswers(tx: Tx, admin: StaffActor, staff: Colleague[]): Promise<number | null> {
  let reminderId: number | null = null;
  for (const answer of sharedAnswers) {
    const { canned_response_id } = await addCannedResponse(tx, admin, { ...answer, is_shared: true });
    if (answer === reminder) reminderId = canned_response_id;
  }
  for (const { agent, actor } of staff) {
    for (const answer of ownAnswers[agent.email] ?? []) await addCannedResponse(tx, actor, answer);
  }
  return reminderId;
}
