import { useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import {
  countQueuesOptions,
  countViewsOptions,
  listAllTopicsOptions,
  listViewsOptions,
} from '#api/generated/@tanstack/react-query.gen.ts';
import type { View } from '#api/generated/types.gen.ts';
import { inLanguage } from '#shared/i18n.ts';
import { type Filter, filterOf, isQueueName, queues, SEARCH } from '../queues.ts';
import type { Sort } from './list-search.ts';

interface NamedList {
  name: string;
  count: number | undefined;
  /** Null while it is not known. */
  filter: Filter | null;
  sort: Sort;
  view?: View;
  /** There is no such topic; of a view the server says so. */
  isMissing?: boolean;
}

/** A queue, a topic, a saved view, or a search. */
export function useNamedList(list: string): NamedList {
  const { i18n, t } = useLingui();
  const counts = useQuery(countQueuesOptions()).data;
  const topics = useQuery(listAllTopicsOptions());
  const views = useQuery(listViewsOptions());
  const viewCounts = useQuery(countViewsOptions()).data?.items;
  const filter = filterOf(list);
  const sort = filter.sort ?? '-updated';
  if (isQueueName(list))
    return { name: i18n._(queues[list].name), count: counts?.queues[list], filter, sort };
  if (filter.view_id !== undefined) {
    const view = views.data?.items.find(({ view_id }) => view_id === filter.view_id);
    const count = viewCounts?.find(({ view_id }) => view_id === filter.view_id)?.count;
    if (view) return { name: view.name, count, filter, sort: view.sort, view };
    // A view that is gone: the server says so.
    return {
      name: views.isSuccess ? t`Unknown view` : '…',
      count,
      filter: views.isSuccess ? filter : null,
      sort,
    };
  }
  if (list === SEARCH) return { name: t`Search`, count: undefined, filter, sort };
  const topic = topics.data?.items.find(({ key }) => key === filter.topic_key);
  const count = counts?.topics.find(({ topic_key }) => topic_key === filter.topic_key)?.count;
  if (topic) return { name: inLanguage(topic.name), count: count ?? 0, filter, sort };
  const isMissing = topics.isSuccess;
  return { name: isMissing ? t`Unknown topic` : '…', count, filter, sort, isMissing };
}
