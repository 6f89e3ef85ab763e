import { msg } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import {
  findAccountOptions,
  listAllTopicsOptions,
  listMembersOptions,
  listStatusesOptions,
  listTagsOptions,
} from '#api/generated/@tanstack/react-query.gen.ts';
import { inLanguage } from '#shared/i18n.ts';
import { useMe } from '../me.ts';
import { statusName } from '../status-name.ts';
import { priorities } from './ActionValues.tsx';
import type { FilterName, ListSearch } from './list-search.ts';

export interface FilterField {
  name: FilterName;
  label: string;
  /** Whether several values can be chosen. */
  isMany: boolean;
  /** Its values say what they are about. */
  isPlain?: boolean;
  /** Empty where values are not chosen from a list. */
  options: Array<{ value: string; label: string }>;
}

/** The filters of a search with their values, for the mouse; typed ones are read by search-text.ts. */
export function useFilterFields(search: ListSearch): FilterField[] {
  const { i18n, t } = useLingui();
  const statuses = useQuery(listStatusesOptions()).data?.items ?? [];
  const topics = useQuery(listAllTopicsOptions()).data?.items ?? [];
  const members = useQuery(listMembersOptions()).data?.items ?? [];
  const tags = useQuery(listTagsOptions()).data?.items ?? [];
  const accountId = Number(search.account_id);
  const account = useQuery({
    ...findAccountOptions({ path: { account_id: accountId } }),
    enabled: Number.isInteger(accountId),
  }).data;

  const me = useMe();
  const chosen = search.assignee_id?.split(',') ?? [];

  const many = (name: FilterName, label: string, options: FilterField['options']) => ({
    name,
    label,
    isMany: true,
    options,
  });
  const flag = (name: FilterName, label: string, labels: { true?: string; false?: string }) => ({
    name,
    label,
    isMany: false,
    isPlain: true,
    options: Object.entries(labels).map(([value, label]) => ({ value, label })),
  });
  return [
    many(
      'status_key',
      t`Status`,
      statuses.map(({ key, name }) => ({ value: key, label: statusName(key, name) })),
    ),
    many('topic_key', t`Topic`, [
      ...topics.map(({ key, name }) => ({ value: key, label: inLanguage(name) })),
      { value: 'none', label: t`Without a topic` },
    ]),
    many('assignee_id', t`Assignee`, [
      { value: 'me', label: t`Me` },
      { value: 'none', label: t`Nobody` },
      ...members
        .filter(({ staff_id }) => staff_id !== me.staff_id || chosen.includes(String(staff_id)))
        .map(({ staff_id, name }) => ({ value: String(staff_id), label: name })),
    ]),
    many(
      'priority',
      t`Priority`,
      priorities.map(({ key, name }) => ({ value: key, label: i18n._(name) })),
    ),
    many(
      'tag',
      t`Tag`,
      tags.map(({ tag }) => ({ value: tag, label: tag })),
    ),
    many('waiting', t`Waiting`, [
      { value: 'support', label: t`On us` },
      { value: 'client', label: t`On client` },
    ]),
    flag('is_closed', t`Closed`, { false: t`Not closed`, true: t`Closed only` }),
    flag('is_overdue', t`Due`, { true: t`Overdue`, false: t`Not overdue` }),
    flag('is_staff_read', t`Read`, { false: t`Unread`, true: t`Read already` }),
    flag('has_files', t`Files`, { true: t`With files`, false: t`Without files` }),
    flag('is_snoozed', t`Snoozed`, { true: t`Snoozed only`, false: t`Not snoozed` }),
    { name: 'mentioned', label: t`Mentions`, isMany: false, options: [{ value: 'me', label: t`Of me` }] },
    { name: 'draft', label: t`Drafts`, isMany: false, options: [{ value: 'me', label: t`Mine` }] },
    {
      name: 'account_id',
      label: t`Client`,
      isMany: false,
      options: account ? [{ value: String(account.account_id), label: account.name }] : [],
    },
  ];
}

export const DATES = [
  { name: msg`Opened`, period: msg`Opened between`, from: 'created_from', to: 'created_to' },
  { name: msg`Changed`, period: msg`Changed between`, from: 'updated_from', to: 'updated_to' },
] as const;

/** The chosen values of a filter, as texts. */
export const valuesOf = (search: ListSearch, { name, isMany }: FilterField): string[] => {
  const value = search[name];
  if (value === undefined) return [];
  return isMany ? String(value).split(',') : [String(value)];
};

/** The filter with other values; none take it away. */
export function withValues({ name }: FilterField, values: string[]): ListSearch {
  const text = values.join(',');
  const value = text === '' ? undefined : text === 'true' ? true : text === 'false' ? false : text;
  // A field’s values are those of its filter: texts, or true and false.
  return { [name]: value } as ListSearch;
}
