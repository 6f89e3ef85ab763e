/** An instance with SLA policies, the work of its followers, and tickets that are older than they are. */
import assert from 'node:assert/strict';
import { followSla } from '#desk/sla/follow.ts';
import type { Caller } from './caller.ts';
import { eventually } from './eventually.ts';
import type { Instance } from './instance.ts';
import { done } from './tickets.ts';

export const MINUTE = 60_000;

interface Due {
  version: number;
  staff_version: number;
  updated_at: string;
  first_response_due_at: string | null;
  resolution_due_at: string | null;
  due_at: string | null;
}

export function slaOf(instance: Instance, admin: Caller) {
  /** Lets the followers process all events, also when a transaction elsewhere delays the feed. */
  async function settle() {
    await eventually(async () => {
      while (await followSla(instance.database)) {
        // more is left
      }
      const left = await instance.query(
        `select
         from events
         cross join (select string_to_array(cursor, '.') as place from followers where name = 'sla') as follower
         where (epoch, xid, id) > (place[1]::int, place[2]::xid8, place[3]::bigint)
           and exists (select from sla_policies)
         limit 1`,
      );
      return left.length === 0;
    });
  }

  /** Replaces all policies. */
  async function setPolicies(...policies: object[]): Promise<number> {
    for (const { sla_policy_id } of (await admin.get('/staff/sla-policies')).body.items) {
      await done(admin.delete(`/staff/sla-policies/${sla_policy_id}`));
    }
    let id = 0;
    for (const input of policies) {
      id = (await done(admin.post('/staff/sla-policies', input))).body.sla_policy_id;
    }
    await settle();
    return id;
  }

  /** Moves everything that happened to a ticket this many minutes into the past. */
  async function age(number: number, minutes: number) {
    const by = [number, `${minutes} minutes`];
    await instance.query(
      'update events set created_at = created_at - $2::interval where ticket_number = $1',
      by,
    );
    await instance.query(
      `update tickets
       set waiting_since = waiting_since - $2::interval,
           first_response_at = first_response_at - $2::interval,
           first_response_due_at = first_response_due_at - $2::interval,
           resolution_due_at = resolution_due_at - $2::interval
       where number = $1`,
      by,
    );
  }

  async function dueIn(number: number): Promise<Due> {
    const [row] = await instance.query<Due>(
      `select version, staff_version, updated_at, first_response_due_at, resolution_due_at, due_at
       from tickets
       where number = $1`,
      [number],
    );
    assert.ok(row);
    return row;
  }

  return { settle, setPolicies, age, dueIn };
}

/** Asserts that a time is this many minutes from now, with some tolerance for a slow machine. */
export function inMinutes(time: string | null, minutes: number) {
  const expected = Date.now() + minutes * MINUTE;
  const what = `${time} is not ${new Date(expected).toISOString()}`;
  assert.ok(Math.abs(Date.parse(String(time)) - expected) < 20_000, what);
}
