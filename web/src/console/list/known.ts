/** The topics and members that filters can name. */
import { useQuery } from '@tanstack/react-query';
import { queryClient } from '#api/client.ts';
import { listAllTopicsOptions, listMembersOptions } from '#api/generated/@tanstack/react-query.gen.ts';
import type { ListAllTopicsResponse, ListMembersResponse } from '#api/generated/types.gen.ts';
import type { Known } from './search-text.ts';

const knownOf = (topics?: ListAllTopicsResponse, members?: ListMembersResponse): Known => ({
  topics: topics?.items.map(({ key, name }) => ({ key, names: Object.values(name) })) ?? [],
  members: members?.items.map(({ staff_id, name }) => ({ id: staff_id, name })) ?? [],
});

export const useKnown = (): Known =>
  knownOf(useQuery(listAllTopicsOptions()).data, useQuery(listMembersOptions()).data);

/** Waits until they are there: who types faster than the page loads means them, too. */
export async function loadKnown(): Promise<Known> {
  const lists = [
    queryClient.ensureQueryData(listAllTopicsOptions()),
    queryClient.ensureQueryData(listMembersOptions()),
  ] as const;
  const [topics, members] = await Promise.allSettled(lists);
  return knownOf(
    topics.status === 'fulfilled' ? topics.value : undefined,
    members.status === 'fulfilled' ? members.value : undefined,
  );
}
