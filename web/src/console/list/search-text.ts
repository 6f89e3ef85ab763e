/**
 * Filters that are typed between the words of a search: `topic:servers assignee:me score:<7 disk full`. What is no
 * filter, or has a value that does not exist, stays a word.
 */
import { type Change, dayOf, isDay, isScore, type ListSearch } from './list-search.ts';

/** What names stand for: topics by key or name, members by name. */
export interface Known {
  topics: Array<{ key: string; names: string[] }>;
  members: Array<{ id: number; name: string }>;
}

type Reader = (value: string, known: Known) => ListSearch | null;

const STATUSES = ['new', 'in_progress', 'await_client', 'resolved', 'closed'];
const PRIORITIES = ['low', 'normal', 'high', 'urgent'];

const is = new Map<string, ListSearch>(
  Object.entries({
    open: { is_closed: false },
    closed: { is_closed: true },
    resolved: { status_key: 'resolved' },
    unread: { is_staff_read: false },
    read: { is_staff_read: true },
    overdue: { is_overdue: true },
    snoozed: { is_snoozed: true },
    unassigned: { assignee_id: 'none' },
    mine: { assignee_id: 'me' },
    mentioned: { mentioned: 'me' },
    draft: { draft: 'me' },
  }),
);

const no = new Map<string, ListSearch>(
  Object.entries({
    file: { has_files: false },
    files: { has_files: false },
    topic: { topic_key: 'none' },
    assignee: { assignee_id: 'none' },
  }),
);

const readers = new Map<string, Reader>(
  Object.entries<Reader>({
    is: (value) => is.get(value) ?? null,
    status: (value) => each(value, (one) => STATUSES.find((key) => key === one), 'status_key'),
    priority: (value) => each(value, (one) => PRIORITIES.find((key) => key === one), 'priority'),
    topic: (value, { topics }) =>
      each(
        value,
        (one) =>
          one === 'none' ? one : topics.find((topic) => isNamed(one, topic.key, ...topic.names))?.key,
        'topic_key',
      ),
    assignee: (value, { members }) =>
      each(
        value,
        (one) =>
          one === 'none' || one === 'me' ? one : members.find(({ name }) => begins(name, one))?.id.toString(),
        'assignee_id',
      ),
    account: (value) => each(value, (one) => /^[1-9]\d{0,14}$/.exec(one)?.[0], 'account_id'),
    tag: (value) => ({ tag: value }),
    waiting: (value) => {
      if (value === 'us' || value === 'support') return { waiting: 'support' };
      return value === 'client' ? { waiting: 'client' } : null;
    },
    client: (value) => ({ client: value }),
    no: (value) => no.get(value) ?? null,
    has: (value) => (/^files?$/i.test(value) ? { has_files: true } : null),
    score: (value) => rangeOf(value, 'score', scores),
    created: (value) => rangeOf(value, 'created', days),
    updated: (value) => rangeOf(value, 'updated', days),
    after: (value) => (isDay(value) ? { created_from: value } : null),
    before: (value) => (isDay(value) ? { created_to: value } : null),
    'updated-after': (value) => (isDay(value) ? { updated_from: value } : null),
    'updated-before': (value) => (isDay(value) ? { updated_to: value } : null),
  }),
);

/** A filter (`name:value`, `name:"two words"`), a phrase, or a word. Phones type other quotes than keyboards. */
const PART = /([a-z-]+):(?:"([^"]*)"|[“„«]([^“”„«»]*)[“”»]|(\S+))|"[^"]*"|[“„«][^“”„«»]*[“”»]|\S+/giu;

export function readSearchText(text: string, known: Known): ListSearch {
  const found: ListSearch = {};
  const words: string[] = [];
  for (const [part, name, quoted, curly, plain] of text.matchAll(PART)) {
    const key = name?.toLowerCase() ?? '';
    const typed = (quoted ?? curly ?? plain ?? '').trim();
    const value = key === 'client' ? typed : typed.toLowerCase(); // a name is shown as it is typed
    const read = value === '' ? null : readers.get(key)?.(value, known);
    if (read) Object.assign(found, read);
    else words.push(part);
  }
  if (words.length > 0) found.q = words.join(' ');
  return found;
}

/** What the words of a search have of filters that were not understood, such as `score:high`. */
export const misreadIn = (words: string): Array<{ part: string; name: string }> =>
  Array.from(words.matchAll(PART), ([part]) => ({
    part,
    name: /^[a-z-]+(?=:)/i.exec(part)?.[0].toLowerCase() ?? '',
  })).filter(({ name }) => readers.has(name));

/** What a search changes that is typed: the end of a range that it contradicts goes. */
export function typedChange(before: ListSearch, read: ListSearch): Change {
  const change: Change = { ...read, q: read.q };
  for (const range of ['score', 'created', 'updated'] as const) {
    const [from, to] = [`${range}_from`, `${range}_to`] as const;
    const [first, last] = [read[from] ?? before[from], read[to] ?? before[to]];
    if (first !== undefined && last !== undefined && first > last) {
      change[read[from] === undefined ? from : to] = undefined;
    }
  }
  return change;
}

interface Scale<T> {
  read(text: string): T;
  /** The value after it, or before it. */
  step(value: T, by: 1 | -1): T;
  has(value: T): boolean;
}

const scores: Scale<number> = {
  read: (text) => (/^\d+$/.test(text) ? Number(text) : Number.NaN),
  step: (score, by) => score + by,
  has: isScore,
};
const days: Scale<string> = { read: (text) => text, step: dayAfter, has: isDay };

/** `<7`, `<=7`, `>7` and `>=7`, also of days; a value alone is that one. */
function rangeOf<T>(
  value: string,
  name: 'score' | 'created' | 'updated',
  scale: Scale<T>,
): ListSearch | null {
  const [, sign = '', text = ''] = /^([<>]?=?)(.+)$/.exec(value) ?? [];
  const given = scale.read(text);
  if (!scale.has(given)) return null;
  const end = sign === '<' ? scale.step(given, -1) : sign === '>' ? scale.step(given, 1) : given;
  if (!scale.has(end)) return null;
  return {
    ...(!sign.startsWith('<') && { [`${name}_from`]: end }),
    ...(!sign.startsWith('>') && { [`${name}_to`]: end }),
  };
}

function dayAfter(day: string, by: number): string {
  const date = new Date(`${day}T12:00`);
  date.setDate(date.getDate() + by);
  return dayOf(date);
}

/** Each of several values, separated by commas; null when one of them is unknown. */
function each(value: string, find: (one: string) => string | undefined, name: keyof ListSearch) {
  const values = value.split(',').map((one) => find(one.trim()));
  return values.some((one) => one === undefined) ? null : { [name]: values.join(',') };
}

const isNamed = (typed: string, ...names: string[]) => names.some((name) => name.toLowerCase() === typed);

/** Whether a name or one of its words begins so. */
const begins = (name: string, typed: string) =>
  [name, ...name.split(' ')].some((word) => word.toLowerCase().startsWith(typed));
