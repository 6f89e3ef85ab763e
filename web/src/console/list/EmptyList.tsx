import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { countQueuesOptions } from '#api/generated/@tanstack/react-query.gen.ts';
import { formatCount } from '#shared/format.ts';
import { isQueueName, type QueueName, queues } from '../queues.ts';
import styles from './EmptyList.module.css';

/** Where to go on, first those in which something is to do. */
const NEXT: QueueName[] = ['waiting_support', 'unassigned', 'mine', 'open'];

interface EmptyListProps {
  list: string;
  /** There is no such list. */
  isMissing?: boolean | undefined;
}

/** A list without tickets, and the queue in which there are some. */
export function EmptyList({ list, isMissing = false }: EmptyListProps) {
  const { i18n } = useLingui();
  const counts = useQuery(countQueuesOptions()).data?.queues;
  const next = NEXT.find((queue) => queue !== list && (counts?.[queue] ?? 0) > 0);
  return (
    <div className={styles.empty}>
      {isMissing ? (
        <p role="alert">
          <Trans>This list does not exist, or it was deleted.</Trans>
        </p>
      ) : (
        <p>{isQueueName(list) ? i18n._(queues[list].empty) : <Trans>No tickets here.</Trans>}</p>
      )}
      {next && (
        <Link to="/$list" params={{ list: next }} className={styles.next}>
          → {i18n._(queues[next].name)} <em className="numbers">{formatCount(counts?.[next] ?? 0)}</em>
        </Link>
      )}
    </div>
  );
}
