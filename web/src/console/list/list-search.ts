/**
 * The part of an address after the name of its list: filters and the order. Days stand there as people type them, and
 * go to the server as times in the zone of the reader.
 */
import type { Filter } from '../queues.ts';

const LISTS = [
  'q',
  'status_key',
  'topic_key',
  'account_id',
  'assignee_id',
  'priority',
  'tag',
  'waiting',
  'client',
] as const;
const FLAGS = ['is_closed', 'is_overdue', 'is_staff_read', 'is_snoozed', 'has_files'] as const;
const OWN = ['mentioned', 'draft'] as const;
const DAYS = ['created_from', 'created_to', 'updated_from', 'updated_to'] as const;
const SCORES = ['score_from', 'score_to'] as const;

export const SORTS = ['-updated', 'updated', '-created', 'created', 'waiting', 'due', '-priority'] as const;
export type Sort = NonNullable<Filter['sort']>;

export type ListSearch = {
  sort?: Sort;
  /** The filters are those of a view that is being changed. */
  edit?: true;
} & { [name in (typeof LISTS)[number]]?: string } & {
  [name in (typeof FLAGS)[number]]?: boolean;
} & { [name in (typeof OWN)[number]]?: 'me' } & { [name in (typeof DAYS)[number]]?: string } & {
  [name in (typeof SCORES)[number]]?: number;
};

/** Undefined takes a filter away. */
export type Change = { [name in keyof ListSearch]?: ListSearch[name] | undefined };

/** The filters alone, without the order. */
export type FilterName = Exclude<keyof ListSearch, 'sort' | 'edit'>;

/** What is understood of an address; the rest is dropped. */
export function readListSearch(given: Record<string, unknown>): ListSearch {
  const found: ListSearch = {};
  const text = (name: string) => (given[name] === undefined ? '' : String(given[name]).trim());
  for (const name of LISTS) if (text(name)) found[name] = text(name);
  for (const name of FLAGS) if (/^(true|false)$/.test(text(name))) found[name] = text(name) === 'true';
  for (const name of OWN) if (text(name) === 'me') found[name] = 'me';
  for (const name of DAYS) if (isDay(text(name))) found[name] = text(name);
  for (const name of SCORES) if (isScore(Number(text(name)))) found[name] = Number(text(name));
  if (text('edit') === 'true') found.edit = true;
  const sort = [...SORTS, '-waiting', '-due', 'priority'].find((each) => each === text('sort'));
  if (sort) found.sort = sort as Sort; // found among them
  return found;
}

/** The filter of the API. */
export function toFilter({
  edit: _,
  created_from,
  created_to,
  updated_from,
  updated_to,
  ...rest
}: ListSearch): Filter {
  return {
    ...rest,
    ...(created_from && { created_from: startOf(created_from) }),
    ...(created_to && { created_to: endOf(created_to) }),
    ...(updated_from && { updated_from: startOf(updated_from) }),
    ...(updated_to && { updated_to: endOf(updated_to) }),
  };
}

export const hasFilters = ({ sort: _, edit: __, ...filters }: ListSearch) => Object.keys(filters).length > 0;

/** `2026-11-01`, which exists. */
export const isDay = (text: string) =>
  /^2\d{3}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(`${text}T00:00`));

/** What a client can give to a ticket. */
export const isScore = (score: number) => Number.isInteger(score) && score >= 1 && score <= 10;

/** The day as `2026-11-01`, in the zone of the reader. */
export const dayOf = (date: Date) =>
  [date.getFullYear(), date.getMonth() + 1, date.getDate()]
    .map((part) => String(part).padStart(2, '0'))
    .join('-');

const startOf = (day: string) => new Date(`${day}T00:00`).toISOString();
const endOf = (day: string) => new Date(`${day}T23:59:59.999`).toISOString();
