import { t } from '@lingui/core/macro';
import { formatCount } from '#shared/format.ts';
import styles from './Segments.module.css';
import { type Segment, showInList } from './view.ts';

interface SegmentsProps {
  chosen: Segment;
  counts: Record<Segment, number | undefined>;
}

export function Segments({ chosen, counts }: SegmentsProps) {
  const names: Array<[Segment, string]> = [
    ['open', t`Open`],
    ['closed', t`Closed`],
  ];
  return (
    <fieldset className={styles.segments} aria-label={t`Show`}>
      {names.map(([segment, name]) => (
        <button
          key={segment}
          type="button"
          aria-pressed={segment === chosen}
          onClick={() => showInList({ segment })}
        >
          {name} <span className="numbers">{formatNumber(counts[segment])}</span>
        </button>
      ))}
    </fieldset>
  );
}

const formatNumber = (count: number | undefined) => (count === undefined ? '' : formatCount(count));
