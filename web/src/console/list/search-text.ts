/**
 * Filters that are typed between the words of a search: `topic:servers assignee:me before:2026-11-01 disk full`. What
 * is no filter, or has a value that does not exist, stays a word.
 */
import { isDay, type ListSearch } from './list-search.ts';

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
    created: (value) => daysOf(value, 'created_from', 'created_to'),
    updated: (value) => daysOf(value, 'updated_from', 'updated_to'),
    after: (value) => (isDay(value) ? { created_from: value } : null),
    before: (value) => (isDay(value) ? { created_to: value } : null),
    'updated-after': (value) => (isDay(value) ? { updated_from: value } : null),
    'updated-before': (value) => (isDay(value) ? { updated_to: value } : null),
  }),
);

/** A filter (`name:value`, `name:"two words"`), a phrase, or a word. */
const PART = /([a-z-]+):(?:"([^"]*)"|(\S+))|"[^"]*"|\S+/giu;

export function readSearchText(text: string, known: Known): ListSearch {
  const found: ListSearch = {};
  const words: string[] = [];
  for (const [part, name, quoted, plain] of text.matchAll(PART)) {
    const value = (quoted ?? plain ?? '').toLowerCase();
    const read = value === '' ? null : readers.get(name?.toLowerCase() ?? '')?.(value, known);
    if (read) Object.assign(found, read);
    else if (name?.toLowerCase() === 'client' && value)
      words.push(`"${quoted ?? plain}"`); // the words of a client are searched, too
    else words.push(part);
  }
  if (words.length > 0) found.q = words.join(' ');
  return found;
}

/** `>2026-11-01` and `<2026-11-01`, with that day; a day alone is that day. */
function daysOf(value: string, from: keyof ListSearch, to: keyof ListSearch): ListSearch | null {
  const [, sign, day = ''] = /^([<>]?)=?(.+)$/.exec(value) ?? [];
  if (!isDay(day)) return null;
  return { ...(sign !== '<' && { [from]: day }), ...(sign !== '>' && { [to]: day }) };
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
