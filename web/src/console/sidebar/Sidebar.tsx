import { t } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { countQueuesOptions, listAllTopicsOptions } from '#api/generated/@tanstack/react-query.gen.ts';
import { formatCount } from '#shared/format.ts';
import { inLanguage } from '#shared/i18n.ts';
import { Avatar } from '#shared/ui/Avatar.tsx';
import { useMe } from '../layouts/SignedInOnly.tsx';
import { type QueueName, queues, URGENT_QUEUES } from '../queues.ts';
import { LiveState } from './LiveState.tsx';
import styles from './Sidebar.module.css';
import { TopicDot } from './TopicDot.tsx';

export function Sidebar() {
  const me = useMe();
  const { i18n } = useLingui();
  const counts = useQuery(countQueuesOptions()).data;
  const topics = useQuery(listAllTopicsOptions()).data?.items ?? [];
  return (
    <nav className={styles.sidebar} aria-label={t`Lists of tickets`}>
      <h2>
        <Trans>Queues</Trans>
      </h2>
      {Object.entries(queues).map(([key, { name, icon: Icon }]) => (
        <ListLink
          key={key}
          list={key}
          icon={<Icon size={16} aria-hidden />}
          name={i18n._(name)}
          count={counts?.queues[key as QueueName]}
          isUrgent={URGENT_QUEUES.includes(key as QueueName)}
        />
      ))}
      <h2>
        <Trans>Topics</Trans>
      </h2>
      {topics
        .filter(({ archived_at }) => archived_at === null)
        .map(({ key, name }) => (
          <ListLink
            key={key}
            list={`topic.${key}`}
            icon={<TopicDot topic={key} />}
            name={inLanguage(name)}
            count={counts?.topics.find(({ topic_key }) => topic_key === key)?.count ?? 0}
          />
        ))}
      <footer className={styles.foot}>
        <Avatar name={me.name} size={28} />
        <div>
          <b>{me.name}</b>
          <LiveState />
        </div>
      </footer>
    </nav>
  );
}

interface ListLinkProps {
  list: string;
  icon: ReactNode;
  name: string;
  count: number | undefined;
  isUrgent?: boolean;
}

function ListLink({ list, icon, name, count, isUrgent = false }: ListLinkProps) {
  return (
    <Link to="/$list" params={{ list }} className={styles.link} activeProps={{ 'aria-current': 'page' }}>
      {icon}
      <span className={styles.name}>{name}</span>
      {count !== undefined && (
        <em className={isUrgent && count > 0 ? styles.urgent : ''}>{formatCount(count)}</em>
      )}
    </Link>
  );
}
