/** Rules for silent tickets, tickets of which nobody has said anything for days, and the job that ends it. */
import { tasksOf } from '../src/worker.ts';
import type { Caller, Desk } from './support.ts';
import { done, type TicketState, ticketIn } from './tickets.ts';

export function silenceOn(desk: Desk, people: { acme: Caller; agent: Caller; admin: Caller }) {
  const { acme, agent, admin } = people;
  const run = async (on = desk) => tasksOf(on)['silence.end']?.({}, {} as never); // asks for no helpers
  const ticket = async (number: number) => (await done(agent.get(`/staff/tickets/${number}`))).body;
  const types = async (number: number): Promise<string[]> =>
    (await ticket(number)).history.map(({ type }: { type: string }) => type);

  /** The only rules that there are from now on. */
  async function rules(...inputs: object[]) {
    for (const { auto_rule_id } of (await admin.get('/staff/auto-rules')).body.items) {
      await done(admin.delete(`/staff/auto-rules/${auto_rule_id}`));
    }
    for (const input of inputs) {
      await done(admin.post('/staff/auto-rules', { is_enabled: true, ...input }));
    }
  }

  /** Lets days pass for a ticket and its reminders. */
  async function pass(number: number, days: number) {
    const by = [number, `${days} days`];
    await desk.query(
      `update tickets
       set created_at = created_at - $2::interval, updated_at = updated_at - $2::interval,
           inactive_since = inactive_since - $2::interval,
           resolved_at = resolved_at - $2::interval
       where number = $1`,
      by,
    );
    await desk.query(
      `update reminders
       set silent_since = silent_since - $2::interval, reminded_at = reminded_at - $2::interval
       where ticket_number = $1`,
      by,
    );
  }

  /** A ticket of which nobody has said anything for so many days. */
  async function silent(state: TicketState, days: number, more: object = {}): Promise<number> {
    const { number } = await ticketIn(state, acme, agent, more);
    await pass(number, days);
    return number;
  }

  return { run, ticket, types, rules, pass, silent };
}
