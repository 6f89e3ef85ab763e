import { t } from '@lingui/core/macro';
import { useQuery } from '@tanstack/react-query';
import { memo } from 'react';
import { listAllTopicsOptions } from '#api/generated/@tanstack/react-query.gen.ts';
import type { StaffTicket } from '#api/generated/types.gen.ts';
import { inLanguage } from '#shared/i18n.ts';
import type { TicketAction } from '../actions/run.ts';
import { setTopic } from '../actions/set-topic.ts';
import { useKeyTitle } from '../keys/names.ts';
import { TopicDot } from '../sidebar/TopicDot.tsx';
import { Picker } from '../ui/Picker.tsx';
import { setHeaderMenu, useHeaderMenu } from './dialogs.ts';
import styles from './TicketHeader.module.css';

interface TopicPickerProps {
  chosen: StaffTicket['topic_key'];
  run(action: TicketAction): void;
}

export const TopicPicker = memo(({ chosen, run }: TopicPickerProps) => {
  const title = useKeyTitle(t`Topic`, 'topic');
  const isOpen = useHeaderMenu() === 'topic';
  const topics = useQuery(listAllTopicsOptions()).data?.items ?? [];
  const topic = topics.find(({ key }) => key === chosen);
  const name = topic ? inLanguage(topic.name) : t`No topic`;
  return (
    <Picker
      label={t`Topic…`}
      empty={t`No such topic`}
      chosen={chosen}
      items={topics
        .filter(({ archived_at, key }) => archived_at === null || key === chosen)
        .map(({ key, name }) => ({ id: key, name: inLanguage(name), icon: <TopicDot topic={key} /> }))}
      open={isOpen}
      onOpenChange={(open) => setHeaderMenu(open ? 'topic' : null)}
      onChoose={({ id, name }) => run(setTopic(id, name))}
      trigger={
        <button type="button" className={styles.topic} title={title} aria-label={t`Topic: ${name}`}>
          {topic && <TopicDot topic={topic.key} />}
          <span className={styles.topicName}>{name}</span>
        </button>
      }
    />
  );
});
