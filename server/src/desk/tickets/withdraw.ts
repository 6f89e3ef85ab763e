/** Removes what one source had brought from its target, and from the tickets that was merged into since. */
import { sql } from 'kysely';
import type { StaffActor } from '#actor.ts';
import { writeMentions } from '#desk/mentions/mentions.ts';
import type { Tx } from '#platform/db/database.ts';
import { record } from '#platform/events/events.ts';
import {
  differenceOf,
  type FieldChange,
  type MergeFields,
  noFields,
  noGain,
  withoutGain,
} from './merge-fields.ts';
import {
  findTargetFields,
  listChangedSince,
  listMentionedSince,
  lockMerges,
  type MergeRecord,
  type TicketKey,
  writeBrought,
  writeFields,
} from './merge-records.ts';
import { touched } from './move.ts';

/**
 * A priority and an assignee that somebody has set since stay, and so does what another source has as well. `end` is
 * the last ticket of the chain of merges. Returns the changes there, for the caller's event.
 */
export async function withdraw(
  tx: Tx,
  actor: StaffActor,
  { source, mergedAt, end }: { source: TicketKey; mergedAt: string; end: TicketKey },
): Promise<FieldChange> {
  const merges = await lockMerges(tx, source);
  const merge = merges.find(({ number }) => number === source.number);
  if (!merge) return unchanged;
  const { mentions } = await findTargetFields(tx, end);
  const mentionedSince = await listMentionedSince(tx, end, mergedAt);
  const kept = (await findTargetFields(tx, source)).mentions;
  const own = merge.brought.own.mentions.filter((id) => mentions.includes(id));
  await writeMentions(tx, source, [...new Set([...kept, ...own])]);
  return withdrawFrom({ tx, actor, source, end, merges, mentions, mentionedSince }, merge);
}

interface Withdrawal {
  tx: Tx;
  actor: StaffActor;
  source: TicketKey;
  end: TicketKey;
  merges: MergeRecord[];
  /** Who is mentioned on `end`, which has all mentions of the chain, and who by comments written there since. */
  mentions: number[];
  mentionedSince: number[];
}

const unchanged: FieldChange = { before: {}, after: {} };

/** With `left`, the source stays merged and keeps that. */
async function withdrawFrom(on: Withdrawal, merge: MergeRecord, left?: MergeFields): Promise<FieldChange> {
  const { tx, end, merges } = on;
  const target = { ...end, number: merge.target };
  const next = merges.find(({ number }) => number === target.number);
  const mentions = next?.brought.own.mentions ?? on.mentions;
  const before = { ...(await findTargetFields(tx, target)), mentions };
  const after = await removeGain(on, merge, before, left);
  const change = differenceOf(before, after);
  if (Object.keys(change.before).length > 0) await writeFields(tx, target, after);
  if (!next) await writeMentions(tx, end, after.mentions);
  if (target.number === end.number) return change;
  await recordIntermediate(on, target, change);
  return next ? withdrawFrom(on, next, remainingOf(next.brought.own, before, after)) : unchanged;
}

/**
 * The fields of the target without what the source brought. Updates the records of other sources that have some of it
 * as well.
 */
async function removeGain(
  { tx, end, merges, mentionedSince }: Withdrawal,
  merge: MergeRecord,
  before: MergeFields,
  left: MergeFields | undefined,
): Promise<MergeFields> {
  const target = { ...end, number: merge.target };
  const changed = await listChangedSince(tx, merge.number, target);
  const gained = { ...merge.brought.gained };
  if (changed.includes('priority')) gained.priority = null;
  if (changed.includes('assignee_id')) gained.assignee_id = null;
  const known = new Map(merges.map((one) => [one, JSON.stringify(one.brought)]));
  const others = merges.slice(merges.indexOf(merge) + 1).filter((other) => other.target === target.number);
  if (left) {
    merge.brought = { own: left, gained: noGain() };
    others.unshift(merge);
  }
  const byComments = { own: { ...noFields, mentions: mentionedSince }, gained: noGain() };
  const rest = target.number === end.number ? [byComments] : [];
  const after = withoutGain(before, gained, [...others.map(({ brought }) => brought), ...rest]);
  for (const other of others) {
    if (JSON.stringify(other.brought) !== known.get(other)) await writeBrought(tx, other, other.brought);
  }
  return after;
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

/** A ticket between two merges loses it as well, because it may be unmerged by itself. */
async function recordIntermediate({ tx, actor, source }: Withdrawal, target: TicketKey, change: FieldChange) {
  if (Object.keys(change.before).length === 0) return;
  await sql`
    update tickets
    set ${touched}
    where account_id = ${target.account_id} and number = ${target.number}
  `.execute(tx);
  const data = { ...change, unmerged_ticket_number: source.number };
  await record(tx, actor, 'ticket.changed', { ...target, data });
}
