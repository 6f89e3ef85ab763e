/**
 * Removes what merged tickets had brought from their target, and from the tickets that was merged into since. It is
 * worked out on the records in memory, for any number of tickets, and then written.
 */
import type { StaffActor } from '#actor.ts';
import { writeMentions } from '#desk/mentions/mentions.ts';
import type { Tx } from '#platform/db/database.ts';
import { recordEach } from '#platform/events/events.ts';
import { sql } from '#platform/sql.ts';
import {
  type Brought,
  differenceOf,
  type FieldChange,
  type MergeFields,
  noFields,
  noGain,
  withoutGain,
} from './merge-fields.ts';
import {
  fieldsIn,
  listChangedSince,
  listFields,
  listMentioned,
  type MergeRecord,
  type Merges,
  type TicketFields,
  writeBrought,
  writeFields,
} from './merge-records.ts';
import { touchedBy } from './move.ts';

/** A merge that has a record of what it brought. */
interface Recorded extends MergeRecord {
  before: MergeRecord['before'] & { brought: Brought };
}

const isRecorded = (merge: MergeRecord): merge is Recorded => merge.before.brought !== undefined;

/** What is known of the chain, and changed in it. */
interface Chain {
  end: Merges['end'];
  /** The merges that are not undone, in order. */
  merges: Recorded[];
  fields: Map<number, TicketFields>;
  /** Fields that somebody has changed in the target since, by the number of the source. */
  changedSince: Map<number, string[]>;
  mentioned: Array<{ staff_id: number; last_at: string }>;
  /** Tickets whose fields are to be written. */
  written: Set<number>;
  /** Events of tickets between two merges. */
  events: Array<{ number: number; data: FieldChange & { unmerged_ticket_number: number } }>;
}

/**
 * Withdraws these merges, in this order. A priority and an assignee that somebody has set since stay, and so does what
 * another source has as well. Returns the changes in the last ticket of the chain, by the number of the source.
 */
export async function withdraw(
  tx: Tx,
  actor: StaffActor,
  { records, end }: Merges,
  sources: MergeRecord[],
): Promise<Map<number, FieldChange>> {
  const withdrawn = sources.filter(isRecorded);
  if (withdrawn.length === 0) return new Map();
  const merges = records.filter(isRecorded);
  const known = new Map(merges.map((merge) => [merge, JSON.stringify(merge.before.brought)]));
  const chain: Chain = {
    end,
    merges,
    fields: await listFields(tx, [...keysOf(merges), end]),
    changedSince: await listChangedSince(tx, merges),
    mentioned: await listMentioned(tx, end),
    written: new Set(),
    events: [],
  };
  const changes = new Map(withdrawn.map((merge) => [merge.number, withdrawOne(chain, merge)]));
  const { account_id } = end;
  const keys = [...chain.written].map((number) => ({ account_id, number }));
  await writeFields(
    tx,
    keys.map((key) => ({ ...fieldsIn(chain.fields, key), ...key })),
  );
  await writeBrought(
    tx,
    chain.merges.filter((merge) => JSON.stringify(merge.before.brought) !== known.get(merge)),
  );
  const mentioned = [...withdrawn, end].map(({ number }) => ({
    number,
    mentions: fieldsIn(chain.fields, { number }).mentions,
  }));
  await writeMentions(tx, account_id, mentioned);
  await recordIntermediates(tx, actor, chain);
  return changes;
}

const keysOf = (merges: MergeRecord[]) =>
  merges.flatMap(({ account_id, number, target }) => [
    { account_id, number },
    { account_id, number: target },
  ]);

const unchanged: FieldChange = { before: {}, after: {} };

function withdrawOne(chain: Chain, merge: Recorded): FieldChange {
  const own = fieldsIn(chain.fields, merge);
  const { mentions } = fieldsIn(chain.fields, chain.end);
  const back = merge.before.brought.own.mentions.filter((id) => mentions.includes(id));
  own.mentions = [...new Set([...own.mentions, ...back])];
  const change = withdrawFrom(chain, merge, { merge });
  chain.merges = chain.merges.filter((other) => other !== merge);
  return change;
}

/** `merge` is the one that is undone. With `left`, another one of its chain stays merged and keeps that. */
interface Withdrawal {
  merge: Recorded;
  left?: MergeFields;
}

function withdrawFrom(chain: Chain, at: Recorded, of: Withdrawal): FieldChange {
  const { end, fields, merges } = chain;
  const next = merges.find(({ number }) => number === at.target);
  const stored = fieldsIn(fields, { number: at.target });
  // The last ticket has all mentions of the chain.
  const mentions = next?.before.brought.own.mentions ?? fieldsIn(fields, end).mentions;
  const before = { ...stored, mentions };
  const after = removeGain(chain, at, before, of);
  const change = differenceOf(before, after);
  const isChanged = Object.keys(change.before).length > 0;
  if (isChanged) chain.written.add(at.target);
  Object.assign(stored, { ...after, mentions: stored.mentions });
  if (!next) fieldsIn(fields, end).mentions = after.mentions;
  if (at.target === end.number) return change;
  // A ticket between two merges loses it as well, because it may be unmerged by itself.
  if (isChanged) {
    chain.events.push({
      number: at.target,
      data: { ...change, unmerged_ticket_number: of.merge.number },
    });
  }
  if (!next) return unchanged;
  const left = remainingOf(next.before.brought.own, before, after);
  return withdrawFrom(chain, next, { ...of, left });
}

/**
 * The fields of the target without what the source brought. Changes the records of other sources that have some of it
 * as well.
 */
function removeGain(
  { end, merges, changedSince, mentioned }: Chain,
  at: Recorded,
  before: MergeFields,
  { merge, left }: Withdrawal,
): MergeFields {
  const changed = changedSince.get(at.number) ?? [];
  const gained = { ...at.before.brought.gained };
  if (changed.includes('priority')) gained.priority = null;
  if (changed.includes('assignee_id')) gained.assignee_id = null;
  const others = merges.slice(merges.indexOf(at) + 1).filter((other) => other.target === at.target);
  if (left) {
    at.before.brought = { own: left, gained: noGain() };
    others.unshift(at);
  }
  const since = Date.parse(merge.merged_at);
  const mentions = mentioned
    .filter(({ last_at }) => Date.parse(last_at) > since)
    .map(({ staff_id }) => staff_id);
  const byComments = { own: { ...noFields, mentions }, gained: noGain() };
  const rest = at.target === end.number ? [byComments] : [];
  return withoutGain(before, gained, [...others.map((other) => other.before.brought), ...rest]);
}

/** What a source has, as far as its own target still has it. */
function remainingOf(own: MergeFields, before: MergeFields, after: MergeFields): MergeFields {
  const { priority, assignee_id } = differenceOf(before, after).after;
  return {
    priority: priority ?? own.priority,
    assignee_id: assignee_id === undefined ? own.assignee_id : assignee_id,
    tags: own.tags.filter((tag) => !before.tags.includes(tag) || after.tags.includes(tag)),
    client_emails: own.client_emails.filter(
      (email) => !before.client_emails.includes(email) || after.client_emails.includes(email),
    ),
    mentions: own.mentions.filter((id) => after.mentions.includes(id)),
  };
}

async function recordIntermediates(tx: Tx, actor: StaffActor, { end: { account_id }, events }: Chain) {
  if (events.length === 0) return;
  await sql`
    update tickets
    set ${touchedBy(sql`changes`)}
    from (
      select number, count(*)::int as changes
      from unnest(${events.map(({ number }) => number)}::bigint[]) as number
      group by number
    ) as changed
    where tickets.account_id = ${account_id} and tickets.number = changed.number
  `.execute(tx);
  await recordEach(
    tx,
    actor,
    'ticket.changed',
    events.map((event) => ({ account_id, ...event })),
  );
}
