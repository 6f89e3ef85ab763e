import { t } from '@lingui/core/macro';
import type { StaffComment } from '#api/generated/types.gen.ts';

/** The name over a message; not every client has one. */
export const authorOf = ({ author_name, is_client_author }: StaffComment): string =>
  author_name ?? (is_client_author ? t`Client` : t`Support`);
