import { useQuery } from '@tanstack/react-query';
import { getClientOptions } from '#api/generated/@tanstack/react-query.gen.ts';
import { DEFAULT_LIMITS, type FileLimits } from '#shared/files/limits.ts';

export const FILES_URL = '/files/public/files';

/** What this client may attach. */
export function useLimits(): FileLimits {
  const { data } = useQuery(getClientOptions());
  return data ?? DEFAULT_LIMITS;
}
