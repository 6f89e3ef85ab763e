/** Fields that several dialogs have. */
import { t } from '@lingui/core/macro';
import { useLingui } from '@lingui/react';
import { Trans } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { listAllTopicsOptions, listMembersOptions } from '#api/generated/@tanstack/react-query.gen.ts';
import { inLanguage } from '#shared/i18n.ts';
import { availabilities } from '../availability/availability.ts';

interface FieldProps<Value> {
  value: Value | null;
  onChange(value: Value | null): void;
}

export function TopicField({ value, onChange }: FieldProps<string>) {
  const topics = useQuery(listAllTopicsOptions()).data?.items ?? [];
  const shown = topics.filter(({ archived_at, key }) => archived_at === null || key === value);
  return (
    <label>
      <Trans>Topic</Trans>
      <select value={value ?? ''} onChange={(event) => onChange(event.currentTarget.value || null)}>
        {value === null && <option value="">{t`No topic`}</option>}
        {shown.map(({ key, name }) => (
          <option key={key} value={key}>
            {inLanguage(name)}
          </option>
        ))}
      </select>
    </label>
  );
}

export function AssigneeField({ value, onChange }: FieldProps<number>) {
  const { i18n } = useLingui();
  const members = useQuery(listMembersOptions()).data?.items ?? [];
  const shown = members.filter(({ disabled_at, staff_id }) => disabled_at === null || staff_id === value);
  return (
    <label>
      <Trans>Assignee</Trans>
      <select
        value={value ?? ''}
        onChange={(event) => onChange(event.currentTarget.value ? Number(event.currentTarget.value) : null)}
      >
        <option value="">{t`Nobody`}</option>
        {shown.map(({ staff_id, name, availability }) => (
          <option key={staff_id} value={staff_id}>
            {availability === 'online' ? name : t`${name} (${i18n._(availabilities[availability])})`}
          </option>
        ))}
      </select>
    </label>
  );
}
