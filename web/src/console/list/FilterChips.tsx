import { t } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { ListFilter, X } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { importPart } from '#shared/import-part.ts';
import { Menu, MenuCheck, MenuItem, MenuSeparator } from '../ui/Menu.tsx';
import { Submenu } from '../ui/Submenu.tsx';
import { DateDialog, DateItems, describeDates } from './DateFilter.tsx';
import styles from './FilterChips.module.css';
import type { FilterDialog } from './FilterDialogs.tsx';
import type { ListSearch } from './list-search.ts';
import { describeScores, ScoreItems } from './ScoreFilter.tsx';
import { DATES, type FilterField, useFilterFields, valuesOf, withValues } from './useFilterFields.ts';
import { useListSearch } from './useListSearch.ts';

const FilterDialogs = lazy(() => importPart(() => import('./FilterDialogs.tsx')));

type DateFilter = (typeof DATES)[number];

/** The filters of a search: each can be changed and taken away, and there is a menu with the others. */
export function FilterChips() {
  const { i18n } = useLingui();
  const { search, change } = useListSearch();
  const fields = useFilterFields(search);
  const [dates, setDates] = useState<DateFilter | null>(null);
  const [dialog, setDialog] = useState<FilterDialog | null>(null);
  const scores = <ScoreItems search={search} onChange={change} onChoose={() => setDialog('score')} />;
  const active = fields.filter((field) => valuesOf(search, field).length > 0);
  return (
    <div className={styles.chips}>
      {active.map((field) => (
        <Chip
          key={field.name}
          name={field.label}
          isPlain={field.isPlain}
          value={valuesOf(search, field)
            .map((value) => field.options.find((option) => option.value === value)?.label ?? value)
            .join(', ')}
          onRemove={() => change(withValues(field, []))}
        >
          <Values field={field} search={search} onChange={change} />
        </Chip>
      ))}
      {search.client !== undefined && (
        <Chip name={t`Client’s name`} value={search.client} onRemove={() => change({ client: undefined })}>
          <MenuItem onChoose={() => setDialog('client')}>
            <Trans>Another client…</Trans>
          </MenuItem>
        </Chip>
      )}
      {(search.score_from ?? search.score_to) !== undefined && (
        <Chip
          name={t`Score`}
          value={describeScores(search)}
          onRemove={() => change({ score_from: undefined, score_to: undefined })}
        >
          {scores}
        </Chip>
      )}
      {DATES.filter(({ from, to }) => search[from] || search[to]).map((date) => (
        <Chip
          key={date.from}
          name={i18n._(date.name)}
          value={describeDates(search[date.from], search[date.to])}
          onRemove={() => change({ [date.from]: undefined, [date.to]: undefined })}
        >
          <DateItems date={date} onChange={change} onChoose={() => setDates(date)} />
        </Chip>
      ))}
      <Menu
        trigger={
          <button type="button" className={styles.add}>
            <ListFilter size={13} aria-hidden />
            <Trans>Filter</Trans>
          </button>
        }
      >
        {fields
          .filter(({ options }) => options.length > 0)
          .map((field) => (
            <Submenu key={field.name} name={field.label}>
              <Values field={field} search={search} onChange={change} />
            </Submenu>
          ))}
        <MenuItem onChoose={() => setDialog('client')}>
          <Trans>Client…</Trans>
        </MenuItem>
        <Submenu name={t`Score`}>{scores}</Submenu>
        {DATES.map((date) => (
          <Submenu key={date.from} name={i18n._(date.name)}>
            <DateItems date={date} onChange={change} onChoose={() => setDates(date)} />
          </Submenu>
        ))}
        <MenuSeparator />
        <MenuItem onChoose={() => setDialog('help')}>
          <Trans>What can be typed…</Trans>
        </MenuItem>
      </Menu>
      <Suspense>
        {dialog && (
          <FilterDialogs dialog={dialog} search={search} onChange={change} onClose={() => setDialog(null)} />
        )}
      </Suspense>
      {dates && <DateDialog date={dates} search={search} onChange={change} onClose={() => setDates(null)} />}
    </div>
  );
}

interface ValuesProps {
  field: FilterField;
  search: ListSearch;
  onChange(changed: ListSearch): void;
}

function Values({ field, search, onChange }: ValuesProps) {
  const values = valuesOf(search, field);
  if (!field.isMany) {
    return field.options.map(({ value, label }) => (
      <MenuItem
        key={value}
        isChosen={values.includes(value)}
        onChoose={() => onChange(withValues(field, values.includes(value) ? [] : [value]))}
      >
        {label}
      </MenuItem>
    ));
  }
  return field.options.map(({ value, label }) => (
    <MenuCheck
      key={value}
      checked={values.includes(value)}
      onChange={(isOn) => {
        const others = values.filter((each) => each !== value);
        onChange(withValues(field, isOn ? [...others, value] : others));
      }}
    >
      {label}
    </MenuCheck>
  ));
}

interface ChipProps {
  name: string;
  isPlain?: boolean | undefined;
  value: string;
  onRemove(): void;
  children: React.ReactNode;
}

function Chip({ name, isPlain, value, onRemove, children }: ChipProps) {
  return (
    <span className={styles.chip}>
      <Menu
        trigger={
          <button type="button" className={styles.value}>
            {!isPlain && `${name}: `}
            <b>{value}</b>
          </button>
        }
      >
        {children}
      </Menu>
      <button
        type="button"
        className={styles.remove}
        aria-label={t`Remove the filter “${name}”`}
        onClick={onRemove}
      >
        <X size={13} aria-hidden />
      </button>
    </span>
  );
}
