/** Numbers of tickets in queues, views and searches. They follow the events, at most once a second. */
import { queryClient } from '#api/client.ts';
import {
  countQueueQueryKey,
  countQueuesQueryKey,
  countViewsQueryKey,
} from '#api/generated/@tanstack/react-query.gen.ts';

const AT_MOST_EVERY_MS = 1000;
/** By their names alone: the rest of a key is the filter, and where the server is. */
const counts = [countQueuesQueryKey(), countViewsQueryKey(), countQueueQueryKey()].map(([{ _id }]) => [
  { _id },
]);
let last = 0;
let timer: ReturnType<typeof setTimeout> | undefined;

export function refreshCounts() {
  if (timer) return;
  timer = setTimeout(
    () => {
      timer = undefined;
      last = Date.now();
      for (const queryKey of counts) void queryClient.invalidateQueries({ queryKey });
    },
    Math.max(0, last + AT_MOST_EVERY_MS - Date.now()),
  );
}
