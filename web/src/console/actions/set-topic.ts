import { t } from '@lingui/core/macro';
import type { TicketAction } from './run.ts';

export const setTopic = (topic_key: string | null, name: string): TicketAction => ({
  done: t`Topic: ${name}`,
  failed: (what) => t`Could not change the topic of ${what}`,
  request: { change: { topic_key } },
  shows: { topic_key },
});
