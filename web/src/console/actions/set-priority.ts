import { t } from '@lingui/core/macro';
import type { QueueTicket } from '#api/generated/types.gen.ts';
import type { TicketAction } from './run.ts';

export const setPriority = (priority: QueueTicket['priority'], name: string): TicketAction => ({
  done: t`Priority: ${name}`,
  failed: (what) => t`Could not change the priority of ${what}`,
  request: { change: { priority } },
  shows: { priority },
});
