/** The names of the states, which an instance may have changed. */
import { queryClient } from '#api/client.ts';
import { listStatusesQueryKey } from '#api/generated/@tanstack/react-query.gen.ts';
import type { ListStatusesResponse, QueueTicket } from '#api/generated/types.gen.ts';

/** A state as a ticket shows it; without its name, as long as the names are not known. */
export function statusOf(
  status_key: QueueTicket['status_key'],
): Partial<Pick<QueueTicket, 'status_key' | 'status'>> {
  const known = queryClient.getQueryData<ListStatusesResponse>(listStatusesQueryKey());
  const status = known?.items.find(({ key }) => key === status_key)?.name;
  return status ? { status_key, status } : {};
}
