import { useQuery } from '@tanstack/react-query';
import { getFileLimitsOptions } from '#api/generated/@tanstack/react-query.gen.ts';
import { DEFAULT_LIMITS, type FileLimits } from '#shared/files/limits.ts';

/** What staff may attach. */
export function useLimits(): FileLimits {
  const { data } = useQuery(getFileLimitsOptions());
  return data ?? DEFAULT_LIMITS;
}
