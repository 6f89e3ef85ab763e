import type { OutboxItem } from './outbox.ts';

/** The body of a request that sends it; `files` is left out when there are none. */
export const contentOf = ({ body, files }: Pick<OutboxItem, 'body' | 'files'>) => ({
  body,
  ...(files.length > 0 && { files: files.map(({ uuid }) => uuid) }),
});
