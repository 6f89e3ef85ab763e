import { t } from '@lingui/core/macro';
import { useState } from 'react';
import type { Change, ListSearch } from './list-search.ts';
import { RangeDialog } from './RangeDialog.tsx';

const SCORES = Array.from({ length: 10 }, (_, i) => i + 1);

interface ScoreDialogProps {
  search: ListSearch;
  onChange(change: Change): void;
  onClose(): void;
}

/** Chooses a range of the client’s score. */
export function ScoreDialog({ search, onChange, onClose }: ScoreDialogProps) {
  const [from, setFrom] = useState(search.score_from ?? 1);
  const [to, setTo] = useState(search.score_to ?? 10);
  return (
    <RangeDialog
      title={t`Score`}
      onShow={() => onChange({ score_from: Math.min(from, to), score_to: Math.max(from, to) })}
      onClose={onClose}
    >
      <ScoreField label={t`From`} value={from} onChange={setFrom} />
      <ScoreField label={t`To`} value={to} onChange={setTo} />
    </RangeDialog>
  );
}

interface ScoreFieldProps {
  label: string;
  value: number;
  onChange(score: number): void;
}

const ScoreField = ({ label, value, onChange }: ScoreFieldProps) => (
  <label>
    {label}
    <select value={value} onChange={(event) => onChange(Number(event.target.value))}>
      {SCORES.map((score) => (
        <option key={score}>{score}</option>
      ))}
    </select>
  </label>
);
