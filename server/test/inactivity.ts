/** Inactivity rules, tickets without a comment for days, and the job that closes them. */
import { createTasks } from '#worker.ts';
import type { Caller } from './caller.ts';
import type { Instance } from './instance.ts';
import { done, type TicketState, ticketIn } from './tickets.ts';

export function inactivityOn(instance: Instance, people: { acme: Caller; agent: Caller; admin: Caller }) {
  const { acme, agent, admin } = people;
  const run = async (on = instance) => createTasks(on)['inactivity.end']?.({}, {} as never); // the job does not use its helpers
  const ticket = async (number: number) => (await done(agent.get(`/staff/tickets/${number}`))).body;
  const types = async (number: number): Promise<string[]> =>
    (await ticket(number)).history.map(({ type }: { type: string }) => type);

  /** Replaces all rules. */
  async function rules(...inputs: object[]) {
    for (const { inactivity_rule_id } of (await admin.get('/staff/inactivity-rules')).body.items) {
      await done(admin.delete(`/staff/inactivity-rules/${inactivity_rule_id}`));
    }
    for (const input of inputs) {
      await done(admin.post('/staff/inactivity-rules', { is_enabled: true, ...input }));
    }
  }

  /** Moves a ticket and its reminders this many days into the past. */
  async function pass(number: number, days: number) {
    const by = [number, `${days} days`];
    await instance.query(
      `update tickets
       set created_at = created_at - $2::interval, updated_at = updated_at - $2::interval,
           inactive_since = inactive_since - $2::interval,
           resolved_at = resolved_at - $2::interval
       where number = $1`,
      by,
    );
    await instance.query(
      `update reminders
       set inactive_since = inactive_since - $2::interval, reminded_at = reminded_at - $2::interval
       where ticket_number = $1`,
      by,
    );
  }

  /** A ticket without a comment for this many days. */
  async function inactive(state: TicketState, days: number, more: object = {}): Promise<number> {
    const { number } = await ticketIn(state, acme, agent, more);
    await pass(number, days);
    return number;
  }

  return { run, ticket, types, rules, pass, inactive };
}
