import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { TriangleAlert } from 'lucide-react';
import { listOpenIncidentsOptions } from '#api/generated/@tanstack/react-query.gen.ts';
import type { Incident } from '#api/generated/types.gen.ts';
import { formatDateTime, formatTime, isSameDay } from '#shared/format.ts';
import { inLanguage } from '#shared/i18n.ts';
import styles from './Incidents.module.css';

/**
 * What is known to be broken, unless it is of another topic only. The element is always there: otherwise what appears
 * in it later would not be read aloud.
 */
export function Incidents({ topic }: { topic: string }) {
  // The stream may lose a word about them: it is not in the feed.
  const { data } = useQuery({ ...listOpenIncidentsOptions(), refetchOnMount: 'always' });
  const shown = (data?.items ?? []).filter(
    ({ topic_keys: topics }) => topic === '' || topics.length === 0 || topics.includes(topic),
  );
  return (
    <div
      role="status"
      aria-label={t`Known incidents`}
      aria-atomic="false"
      className={shown.length > 0 ? styles.incidents : 'visually-hidden'}
    >
      {shown.map((incident) => (
        <Banner key={incident.incident_id} incident={incident} />
      ))}
    </div>
  );
}

function Banner({ incident: { title: titles, text, link, created_at } }: { incident: Incident }) {
  const title = inLanguage(titles);
  const isToday = isSameDay(created_at, new Date().toISOString());
  const since = isToday ? formatTime(created_at) : formatDateTime(created_at);
  return (
    <div className={styles.incident}>
      <TriangleAlert size={18} aria-hidden />
      <div>
        <h3>{title}</h3>
        {text && <p className={styles.text}>{inLanguage(text)}</p>}
        <p className={styles.more}>
          <time dateTime={created_at} title={formatDateTime(created_at)}>
            <Trans>Since {since}</Trans>
          </time>
          {link && (
            <a href={link} target="_blank" rel="noreferrer" aria-label={t`More about it: ${title}`}>
              <Trans>More about it</Trans>
            </a>
          )}
        </p>
      </div>
    </div>
  );
}
