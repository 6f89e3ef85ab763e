/** How support works from its first day: business hours, promises, ready answers, what follows silence, views. */
import { isAdmin, type StaffActor } from '../actor.ts';
import { addAutoRule } from '../auto/rules.ts';
import { addCannedAnswer } from '../canned/canned.ts';
import type { Tx } from '../db/database.ts';
import { addCalendar } from '../sla/calendars.ts';
import { addPolicy } from '../sla/policies.ts';
import { addView } from '../views/views.ts';
import { ownAnswers, reminder, sharedAnswers } from './canned.ts';
import { autoRules, calendars, policies, views } from './house.ts';
import type { Colleague } from './teller.ts';

/** `now` is in milliseconds since 1970. */
export async function settleIn(tx: Tx, staff: Colleague[], now: number) {
  const admin = staff.find(({ actor }) => isAdmin(actor))?.actor;
  if (!admin) throw new Error('The demo needs an admin.');
  await makePromises(tx, admin, new Date(now).getUTCFullYear());
  const reminderId = await addAnswers(tx, admin, staff);
  for (const rule of autoRules) {
    const canned_answer_id = rule.remind_after_days ? reminderId : null;
    await addAutoRule(tx, admin, { ...rule, canned_answer_id });
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
    const { canned_answer_id } = await addCannedAnswer(tx, admin, { ...answer, is_shared: true });
    if (answer === reminder) reminderId = canned_answer_id;
  }
  for (const { agent, actor } of staff) {
    for (const answer of ownAnswers[agent.email] ?? []) await addCannedAnswer(tx, actor, answer);
  }
  return reminderId;
}
