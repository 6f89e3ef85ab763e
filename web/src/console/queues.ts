/** The queues of the sidebar, each with the filter that lists it. */
import { msg } from '@lingui/core/macro';
import { AtSign, CheckCheck, CircleDashed, FilePen, Hourglass, Inbox, Layers, UserRound } from 'lucide-react';
import type { CountQueuesResponse, ListQueueData } from '#api/generated/types.gen.ts';

export type Filter = NonNullable<ListQueueData['query']>;
export type QueueName = keyof CountQueuesResponse['queues'];

const UNRESOLVED = 'new,in_progress,await_client';

export const queues = {
  mine: {
    name: msg`My tickets`,
    empty: msg`Nothing is assigned to you.`,
    icon: UserRound,
    filter: { assignee_id: 'me', status_key: UNRESOLVED },
  },
  unassigned: {
    name: msg`Unassigned`,
    empty: msg`Every ticket has an assignee.`,
    icon: CircleDashed,
    filter: { assignee_id: 'none', status_key: UNRESOLVED },
  },
  waiting_support: {
    name: msg`Waiting on us`,
    empty: msg`Nothing waits on us.`,
    icon: Inbox,
    filter: { waiting: 'support', is_closed: false, sort: 'waiting' },
  },
  waiting_client: {
    name: msg`Waiting on client`,
    empty: msg`Nothing waits on clients.`,
    icon: Hourglass,
    filter: { waiting: 'client', status_key: UNRESOLVED },
  },
  mentions: {
    name: msg`Mentions`,
    empty: msg`Nobody has mentioned you.`,
    icon: AtSign,
    filter: { mentioned: 'me' },
  },
  drafts: { name: msg`Drafts`, empty: msg`You have no drafts.`, icon: FilePen, filter: { draft: 'me' } },
  resolved: {
    name: msg`Resolved`,
    empty: msg`Nothing is resolved.`,
    icon: CheckCheck,
    filter: { status_key: 'resolved' },
  },
  open: { name: msg`All open`, empty: msg`No ticket is open.`, icon: Layers, filter: { is_closed: false } },
} as const satisfies Record<QueueName, { name: unknown; empty: unknown; icon: unknown; filter: Filter }>;

/** Those whose tickets somebody should take up: their counts stand out. */
export const URGENT_QUEUES: QueueName[] = ['unassigned', 'waiting_support'];

export const isQueueName = (name: string): name is QueueName => Object.hasOwn(queues, name);

/** The list of what a search finds; its filters stand in the address. */
export const SEARCH = 'search';

/** The filter of a list by its name in the address: a queue, `topic.servers`, `view.12` or `search`. */
export function filterOf(list: string): Filter {
  if (isQueueName(list)) return queues[list].filter;
  if (list === SEARCH) return {};
  const [kind, rest = ''] = [list.slice(0, list.indexOf('.')), list.slice(list.indexOf('.') + 1)];
  if (kind === 'topic') return { topic_key: rest, is_closed: false };
  if (kind === 'view') return { view_id: Number(rest) };
  return queues.open.filter;
}
