import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { useState } from 'react';
import { Button } from '#shared/ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import styles from './DateFilter.module.css';
import type { Change, ListSearch } from './list-search.ts';

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
  const form = 'score-filter';
  return (
    <Dialog
      title={t`Score`}
      width={380}
      onClose={onClose}
      footer={
        <Button look="primary" type="submit" form={form}>
          <Trans>Show</Trans>
        </Button>
      }
    >
      <form
        id={form}
        className={styles.days}
        onSubmit={(event) => {
          event.preventDefault();
          onChange({ score_from: Math.min(from, to), score_to: Math.max(from, to) });
          onClose();
        }}
      >
        <ScoreField label={t`From`} value={from} onChange={setFrom} />
        <ScoreField label={t`To`} value={to} onChange={setTo} />
      </form>
    </Dialog>
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
