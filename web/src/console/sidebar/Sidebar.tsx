import { t } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { Settings } from 'lucide-react';
import { countQueuesOptions, listAllTopicsOptions } from '#api/generated/@tanstack/react-query.gen.ts';
import { inLanguage } from '#shared/i18n.ts';
import { Bell } from '../bell/Bell.tsx';
import type { KeyId } from '../keys/keys.ts';
import { useKeyTitle, useKeyTitles } from '../keys/names.ts';
import { type QueueName, queues, URGENT_QUEUES } from '../queues.ts';
import { Brand } from '../ui/Brand.tsx';
import { Drawer } from '../ui/Drawer.tsx';
import { closeDrawer, useIsDrawerOpen } from './drawer.ts';
import { ListLink } from './ListLink.tsx';
import { LiveState } from './LiveState.tsx';
import { MemberMenu } from './MemberMenu.tsx';
import { SearchButton } from './SearchButton.tsx';
import styles from './Sidebar.module.css';
import { TopicDot } from './TopicDot.tsx';
import { Views } from './Views.tsx';

/** The lists of tickets. Where the window has no room for it, it is drawn over the page. */
export function Sidebar() {
  const isDrawerOpen = useIsDrawerOpen();
  return (
    <>
      <div className={styles.beside}>
        <SidebarContent />
      </div>
      <Drawer name={t`Lists of tickets`} isOpen={isDrawerOpen} onClose={closeDrawer}>
        <SidebarContent />
      </Drawer>
    </>
  );
}

function SidebarContent() {
  const isInSettings = useParams({ strict: false }).section !== undefined;
  const settingsTitle = useKeyTitle(t`Settings`, 'settings');
  return (
    <nav className={styles.sidebar} aria-label={t`Lists of tickets`}>
      <Brand />
      <SearchButton />
      <div className={styles.lists}>
        <Queues />
        <Topics />
        <Views />
      </div>
      <Link
        to="/settings/$section"
        params={{ section: 'look' }}
        className={styles.link}
        aria-current={isInSettings ? 'page' : undefined}
        title={settingsTitle}
        draggable={false}
        onClick={closeDrawer}
      >
        <span className={styles.icon}>
          <Settings size={16} aria-hidden />
        </span>
        <span className={styles.name}>
          <Trans>Settings</Trans>
        </span>
      </Link>
      <footer className={styles.foot}>
        <div className={styles.member}>
          <MemberMenu />
          <LiveState />
        </div>
        <Bell />
      </footer>
    </nav>
  );
}

function Queues() {
  const { i18n } = useLingui();
  const counts = useQuery(countQueuesOptions()).data?.queues;
  const titleOf = useKeyTitles();
  return (
    <>
      <h2>
        <Trans>Queues</Trans>
      </h2>
      {Object.entries(queues).map(([key, { name, icon: Icon }], index) => (
        <ListLink
          key={key}
          list={key}
          icon={<Icon size={16} aria-hidden />}
          name={i18n._(name)}
          hint={titleOf(i18n._(name), `queue_${index + 1}` as KeyId)} // the queues stand in the order of their keys
          count={counts?.[key as QueueName]} // the keys of this very object
          isUrgent={URGENT_QUEUES.includes(key as QueueName)}
        />
      ))}
    </>
  );
}

function Topics() {
  const topics = useQuery(listAllTopicsOptions()).data?.items ?? [];
  const counts = useQuery(countQueuesOptions()).data?.topics;
  const shown = topics.filter(({ archived_at }) => archived_at === null);
  if (shown.length === 0) return null;
  return (
    <>
      <h2>
        <Trans>Topics</Trans>
      </h2>
      {shown.map(({ key, name }) => (
        <ListLink
          key={key}
          list={`topic.${key}`}
          icon={<TopicDot topic={key} />}
          name={inLanguage(name)}
          count={counts && (counts.find(({ topic_key }) => topic_key === key)?.count ?? 0)}
        />
      ))}
    </>
  );
}
