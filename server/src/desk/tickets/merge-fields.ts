/**
 * Which fields a merge brings into its target, and how they are removed again. Pure; the SQL is in merge-records.ts.
 */
import { isDeepStrictEqual } from 'node:util';
import { priorities } from './schema.ts';

export interface MergeFields {
  priority: string;
  assignee_id: number | null;
  tags: string[];
  client_emails: string[];
  /** Staff who are mentioned and have not read the ticket since. */
  mentions: number[];
}

/** What a target has because of one source. */
interface Gained {
  priority: { before: string; after: string } | null;
  assignee_id: number | null;
  tags: string[];
  client_emails: string[];
  mentions: number[];
}

/** What a merge records in its source: the source's fields, and those that the target has because of it. */
export interface Brought {
  own: MergeFields;
  gained: Gained;
}

/** The changed fields, before and after. */
export type FieldChange = Record<'before' | 'after', Partial<MergeFields>>;

export const noFields: MergeFields = {
  priority: 'low',
  assignee_id: null,
  tags: [],
  client_emails: [],
  mentions: [],
};

export const noGain = (): Gained => ({
  priority: null,
  assignee_id: null,
  tags: [],
  client_emails: [],
  mentions: [],
});

export const MAX_TAGS = 20;
const MAX_EMAILS = 10;

/**
 * The higher priority, the assignee if the target has none, and as much of the lists as fits after the target's own.
 */
export function gainOf(own: MergeFields, target: MergeFields): Gained {
  return {
    priority:
      rank(own.priority) > rank(target.priority) ? { before: target.priority, after: own.priority } : null,
    assignee_id: target.assignee_id === null ? own.assignee_id : null,
    tags: newIn(own.tags, target.tags, MAX_TAGS),
    client_emails: newIn(own.client_emails, target.client_emails, MAX_EMAILS),
    mentions: newIn(own.mentions, target.mentions),
  };
}

export function withGain(target: MergeFields, gained: Gained): MergeFields {
  return {
    priority: gained.priority?.after ?? target.priority,
    assignee_id: target.assignee_id ?? gained.assignee_id,
    tags: [...target.tags, ...gained.tags].sort(),
    client_emails: [...target.client_emails, ...gained.client_emails],
    mentions: [...target.mentions, ...gained.mentions],
  };
}

/**
 * The target without what one source had brought. `later` are the sources merged after it, in order: what they have as
 * well stays, and is attributed to them, which changes their records.
 */
export function withoutGain(target: MergeFields, gained: Gained, later: Brought[]): MergeFields {
  return {
    priority: loweredPriority(target, gained, later),
    assignee_id: nextAssignee(target, gained, later),
    tags: without('tags', target.tags, gained.tags, later),
    client_emails: without('client_emails', target.client_emails, gained.client_emails, later),
    mentions: without('mentions', target.mentions, gained.mentions, later),
  };
}

function loweredPriority({ priority }: MergeFields, gained: Gained, later: Brought[]): string {
  if (!gained.priority) return priority;
  let { before, after } = gained.priority;
  for (const { own, gained: theirs } of later) {
    if (rank(own.priority) <= rank(before)) continue;
    if (theirs.priority) after = theirs.priority.after;
    theirs.priority = { before, after: own.priority };
    before = own.priority;
  }
  return priority === after ? before : priority;
}

function nextAssignee({ assignee_id }: MergeFields, gained: Gained, later: Brought[]): number | null {
  if (gained.assignee_id === null || gained.assignee_id !== assignee_id) return assignee_id;
  const next = later.find(({ own }) => own.assignee_id !== null);
  if (!next) return null;
  next.gained.assignee_id = next.own.assignee_id;
  return next.own.assignee_id;
}

/** Without the mentions, which are no field of a ticket. */
export function differenceOf(before: MergeFields, after: MergeFields): FieldChange {
  const names = (['priority', 'assignee_id', 'tags', 'client_emails'] as const).filter(
    (name) => !isDeepStrictEqual(before[name], after[name]),
  );
  const pick = (fields: MergeFields) => Object.fromEntries(names.map((name) => [name, fields[name]]));
  return { before: pick(before), after: pick(after) };
}

type ListName = 'tags' | 'client_emails' | 'mentions';

function without<N extends ListName>(
  name: N,
  values: MergeFields[N],
  gained: MergeFields[N],
  later: Brought[],
): MergeFields[N] {
  const isLost = (value: string | number) => {
    if (!has(gained, value)) return false;
    const next = later.find(({ own }) => has(own[name], value));
    if (next) (next.gained[name] as Array<string | number>).push(value); // of the list that it comes from
    return next === undefined;
  };
  return (values as Array<string | number>).filter((value) => !isLost(value)) as MergeFields[N]; // a subset of the same list
}

const has = (values: Array<string | number>, value: string | number) => values.includes(value);

const newIn = <T>(own: T[], target: T[], max = Number.POSITIVE_INFINITY): T[] =>
  own.filter((value) => !target.includes(value)).slice(0, Math.max(0, max - target.length));

const rank = (priority: string) => priorities.indexOf(priority);
