/** The filter by the client’s score. */
import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { MenuItem, MenuSeparator } from '../ui/Menu.tsx';
import type { Change, ListSearch } from './list-search.ts';

/** Reports call scores from 9 on good, and those up to 6 bad. */
const PRESETS = [
  { score_from: 1, score_to: 6 },
  { score_from: 7, score_to: 8 },
  { score_from: 9, score_to: 10 },
];

interface ScoreItemsProps {
  search: ListSearch;
  onChange(change: Change): void;
  /** A range of one’s own is wanted. */
  onChoose(): void;
}

export function ScoreItems({ search, onChange, onChoose }: ScoreItemsProps) {
  return (
    <>
      {PRESETS.map((preset) => (
        <MenuItem
          key={preset.score_from}
          isChosen={search.score_from === preset.score_from && search.score_to === preset.score_to}
          onChoose={() => onChange(preset)}
        >
          {describeScores(preset)}
        </MenuItem>
      ))}
      <MenuSeparator />
      <MenuItem onChoose={onChoose}>
        <Trans>Choose scores…</Trans>
      </MenuItem>
    </>
  );
}

/** “7”, “1–6”, “7 or more”, “6 or less”. */
export function describeScores({ score_from, score_to }: ListSearch): string {
  if (score_from === undefined) return t`${score_to ?? ''} or less`;
  if (score_to === undefined) return t`${score_from} or more`;
  return score_from === score_to ? String(score_from) : `${score_from}–${score_to}`;
}
