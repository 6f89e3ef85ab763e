import { t } from '@lingui/core/macro';
import { redactStaffComment } from '#api/generated/sdk.gen.ts';
import type { StaffComment } from '#api/generated/types.gen.ts';
import { addComment } from '../cache.ts';
import { runOne } from './run-one.ts';

/** For good: it has no undo. */
export const redact = ({ id, ticket_number }: Pick<StaffComment, 'id' | 'ticket_number'>) =>
  runOne(ticket_number, {
    done: t`Removed for good`,
    failed: t`Could not remove the text`,
    request: async (headers) => addComment(await redactStaffComment({ path: { comment_id: id }, headers })),
  });
