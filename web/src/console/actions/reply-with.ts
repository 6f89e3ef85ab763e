import { t } from '@lingui/core/macro';
import type { CannedResponse } from '#api/generated/types.gen.ts';
import { undoSeconds } from '../sending.ts';
import type { TicketAction } from './run.ts';

/** A canned response to the client of each ticket; it can be undone as long as any reply. */
export const replyWith = (
  { canned_response_id, title }: Pick<CannedResponse, 'canned_response_id' | 'title'>,
  count: number,
): TicketAction => ({
  done: count > 1 ? t`“${title}” will be sent` : t`“${title}” will be sent to the client`,
  failed: (what) => t`Could not reply to ${what}`,
  request: { reply: { canned_response_id, delay_seconds: undoSeconds() } },
  undoSeconds: undoSeconds(),
});
