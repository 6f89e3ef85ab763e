/** Filters by dates: presets, and two days to choose. */
import { t } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { formatDay } from '#shared/format.ts';
import { MenuItem, MenuSeparator } from '../ui/Menu.tsx';
import { type Change, dayOf, type ListSearch } from './list-search.ts';
import { RangeDialog } from './RangeDialog.tsx';
import type { DATES } from './useFilterFields.ts';

type DateFilter = (typeof DATES)[number];

interface DateItemsProps {
  date: DateFilter;
  onChange(change: Change): void;
  /** Days of one’s own are wanted. */
  onChoose(): void;
}

export function DateItems({ date: { from, to }, onChange, onChoose }: DateItemsProps) {
  const { t } = useLingui();
  const presets = [
    { name: t`Today`, days: 0 },
    { name: t`Last 7 days`, days: 7 },
    { name: t`Last 30 days`, days: 30 },
    { name: t`Last 12 months`, days: 365 },
  ];
  return (
    <>
      {presets.map(({ name, days }) => (
        <MenuItem key={days} onChoose={() => onChange({ [from]: daysAgo(days), [to]: undefined })}>
          {name}
        </MenuItem>
      ))}
      <MenuItem onChoose={() => onChange({ [from]: undefined, [to]: daysAgo(365) })}>
        <Trans>Older than 12 months</Trans>
      </MenuItem>
      <MenuSeparator />
      <MenuItem onChoose={onChoose}>
        <Trans>Choose days…</Trans>
      </MenuItem>
    </>
  );
}

interface DateDialogProps {
  date: DateFilter;
  search: ListSearch;
  onChange(change: Change): void;
  onClose(): void;
}

export function DateDialog({ date: { period, from, to }, search, onChange, onClose }: DateDialogProps) {
  const { i18n } = useLingui();
  const [days, setDays] = useState({ first: search[from] ?? '', last: search[to] ?? '' });
  return (
    <RangeDialog
      title={i18n._(period)}
      onShow={() => onChange({ [from]: days.first || undefined, [to]: days.last || undefined })}
      onClose={onClose}
    >
      <label>
        <Trans>From</Trans>
        <input
          type="date"
          value={days.first}
          max={days.last || dayOf(new Date())}
          onChange={(event) => setDays({ ...days, first: event.target.value })}
        />
      </label>
      <label>
        <Trans>To</Trans>
        <input
          type="date"
          value={days.last}
          min={days.first}
          onChange={(event) => setDays({ ...days, last: event.target.value })}
        />
      </label>
    </RangeDialog>
  );
}

/** “1 November – 8 November”, “since 1 November”, “until 8 November”. */
export function describeDates(from: string | undefined, to: string | undefined): string {
  const [first, last] = [from && formatDay(`${from}T12:00`), to && formatDay(`${to}T12:00`)];
  if (first && last) return first === last ? first : `${first} – ${last}`;
  return first ? t`since ${first}` : t`until ${last ?? ''}`;
}

function daysAgo(days: number): string {
  const day = new Date();
  day.setDate(day.getDate() - days);
  return dayOf(day);
}
