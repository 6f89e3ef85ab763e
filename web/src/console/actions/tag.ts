import { t } from '@lingui/core/macro';
import type { TicketAction } from './run.ts';

const failed = (what: string) => t`Could not change the tags of ${what}`;

export const addTag = (tag: string): TicketAction => ({
  done: t`Tag “${tag}” added`,
  failed,
  request: { change: { add_tags: [tag] } },
  shows: ({ tags }) => ({ tags: tags.includes(tag) ? tags : [...tags, tag] }),
});

export const removeTag = (tag: string): TicketAction => ({
  done: t`Tag “${tag}” removed`,
  failed,
  request: { change: { remove_tags: [tag] } },
  shows: ({ tags }) => ({ tags: tags.filter((other) => other !== tag) }),
});
