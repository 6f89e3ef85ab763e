import { t } from '@lingui/core/macro';
import { ApiError } from '#api/errors.ts';

/** Why something has failed, in the words of the server where it has any. */
export const whyOf = (error: unknown): string =>
  error instanceof ApiError && error.problem ? error.message : t`No connection`;
