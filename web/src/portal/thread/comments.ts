/** The comments of a ticket: all of them, though the server sends a long conversation in parts. */
import { replaceEqualDeep, useQuery } from '@tanstack/react-query';
import { client } from '#api/generated/client.gen.ts';
import type {
  Comment,
  ListCommentsErrors,
  ListCommentsResponse,
  ListCommentsResponses,
} from '#api/generated/types.gen.ts';
import { commentsKey, followMessages } from '../cache.ts';

async function fetchComments(ticket_number: number, signal: AbortSignal): Promise<ListCommentsResponse> {
  const items: Comment[] = [];
  let after: number | undefined;
  do {
    const { data, response } = await client.get<ListCommentsResponses, ListCommentsErrors, true, 'fields'>({
      url: '/support/tickets/{ticket_number}/comments',
      path: { ticket_number },
      query: { after },
      responseStyle: 'fields', // the header Link says whether there is more
      signal,
    });
    items.push(...data.items);
    const isMore = response.headers.get('link')?.includes('rel="next"');
    after = isMore ? data.items.at(-1)?.id : undefined;
  } while (after);
  return { items };
}

export const useComments = (ticket_number: number) =>
  useQuery({
    queryKey: commentsKey(ticket_number),
    queryFn: ({ signal }) => fetchComments(ticket_number, signal),
    // Both are what this query returns; the type of the option does not say so.
    structuralSharing: (before: unknown, after: unknown) =>
      takeIn(ticket_number, before as ListCommentsResponse | undefined, after as ListCommentsResponse),
  });

/** Messages keep their keys. */
function takeIn(number: number, before: ListCommentsResponse | undefined, after: ListCommentsResponse) {
  if (before) followMessages(number, before.items, after.items);
  return replaceEqualDeep(before, after);
}
