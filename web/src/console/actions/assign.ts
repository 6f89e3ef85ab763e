import { t } from '@lingui/core/macro';
import type { TicketAction } from './run.ts';

export interface Assignee {
  staff_id: number;
  name: string;
}

/** Null: nobody. */
export const assign = (member: Assignee | null): TicketAction => ({
  done: member ? t`Assigned to ${member.name}` : t`Assignee removed`,
  failed: (what) => t`Could not assign ${what}`,
  request: { change: { assignee_id: member?.staff_id ?? null } },
  shows: { assignee_id: member?.staff_id ?? null, assignee_name: member?.name ?? null },
});
