import { Trans } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { useId } from 'react';
import { listTopicsOptions } from '#api/generated/@tanstack/react-query.gen.ts';
import { inLanguage } from '#shared/i18n.ts';
import { TopicIcon } from '../TopicIcon.tsx';
import styles from './TopicTiles.module.css';

interface TopicTilesProps {
  chosen: string;
  error: string | undefined;
  onChoose(topic: string): void;
}

/** What the ticket is about. The arrow keys go from one to the next, as in every group of radio buttons. */
export function TopicTiles({ chosen, error, onChoose }: TopicTilesProps) {
  const id = useId();
  const topics = useQuery(listTopicsOptions());
  if (topics.data?.items.length === 0) return null;
  return (
    <fieldset className={styles.topics} data-field="topic_key" aria-busy={topics.isPending}>
      <legend>
        <Trans>What is it about?</Trans>
      </legend>
      {topics.data?.items.map(({ key, name }) => (
        <label key={key} className={styles.tile}>
          <input
            type="radio"
            className="visually-hidden"
            name={id}
            value={key}
            checked={chosen === key}
            onChange={() => onChoose(key)}
          />
          <TopicIcon topic={key} />
          {inLanguage(name)}
        </label>
      ))}
      {error && (
        <p className={styles.error} role="alert">
          {error}
        </p>
      )}
    </fieldset>
  );
}
