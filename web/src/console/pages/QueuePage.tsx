import { useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { Outlet, useParams } from '@tanstack/react-router';
import { countQueuesOptions, listAllTopicsOptions } from '#api/generated/@tanstack/react-query.gen.ts';
import { inLanguage } from '#shared/i18n.ts';
import { TicketList } from '../list/TicketList.tsx';
import { filterOf, isQueueName, queues } from '../queues.ts';

/** A list of tickets, and beside it the one that is open. */
export function QueuePage() {
  const { list } = useParams({ from: '/$list' });
  const { name, count } = useListTitle(list);
  return (
    <>
      <TicketList key={list} list={list} name={name} count={count} filter={filterOf(list)} />
      <Outlet />
    </>
  );
}

function useListTitle(list: string): { name: string; count: number | undefined } {
  const { i18n } = useLingui();
  const counts = useQuery(countQueuesOptions()).data;
  const topics = useQuery(listAllTopicsOptions()).data?.items ?? [];
  if (isQueueName(list)) return { name: i18n._(queues[list].name), count: counts?.queues[list] };
  const topic = topics.find(({ key }) => list === `topic.${key}`);
  const count = counts?.topics.find(({ topic_key }) => topic_key === topic?.key)?.count;
  return { name: topic ? inLanguage(topic.name) : list, count };
}
