/** What happened to a ticket, in words: one part for each thing that changed. */
import { t } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { listAllTopicsOptions, listMembersOptions } from '#api/generated/@tanstack/react-query.gen.ts';
import { formatDateTime } from '#shared/format.ts';
import { inLanguage } from '#shared/i18n.ts';
import { priorities } from '../list/ActionValues.tsx';
import { TicketLink } from './EventLine.tsx';
import type { HistoryItem } from './timeline.ts';

interface Line {
  key: string;
  words: ReactNode;
}

/** Names of what an event has keys of. */
interface Names {
  member(id: unknown): string | null;
  topic(key: unknown): string | null;
  priority(key: unknown): string;
}

export function useEventWords(event: HistoryItem): Line[] {
  const { i18n } = useLingui();
  const members = useQuery(listMembersOptions()).data?.items ?? [];
  const topics = useQuery(listAllTopicsOptions()).data?.items ?? [];
  const names: Names = {
    member: (id) =>
      id === null ? null : (members.find(({ staff_id }) => staff_id === id)?.name ?? `#${id}`),
    topic: (wanted) => {
      const topic = topics.find(({ key }) => key === wanted);
      return topic ? inLanguage(topic.name) : null;
    },
    priority: (wanted) => {
      const priority = priorities.find(({ key }) => key === wanted);
      return priority ? i18n._(priority.name) : String(wanted);
    },
  };
  return wordsOf(event, names);
}

function wordsOf(event: HistoryItem, names: Names): Line[] {
  const { type, data } = event;
  const who =
    event.staff_name ?? event.user_name ?? (event.actor_kind === 'client' ? t`Client` : t`Paneldesk`);
  const one = (words: ReactNode): Line[] => [{ key: type, words }];
  const link = (value: unknown) => <TicketLink number={Number(value)} />;
  switch (type) {
    case 'ticket.opened':
      return one(<Trans>Split off from {link(data?.from)}</Trans>);
    case 'ticket.resolved':
      return one(t`${who} resolved it`);
    case 'ticket.closed':
      return one(data?.reason ? t`${who} closed it: ${String(data.reason)}` : t`${who} closed it`);
    case 'ticket.reopened':
      return one(t`${who} reopened it`);
    case 'ticket.split':
      return one(<Trans>Moved to a separate ticket: {link(data?.to)}</Trans>);
    case 'ticket.unsplit':
      return one(<Trans>The split with {link(data?.to ?? data?.from)} was undone</Trans>);
    case 'ticket.merged':
      return one(
        data?.to ? (
          <Trans>
            {who} merged it into {link(data.to)}
          </Trans>
        ) : (
          <Trans>
            {who} merged {link(data?.from)} into it
          </Trans>
        ),
      );
    case 'ticket.unmerged':
      return one(<Trans>The merge with {link(data?.to ?? data?.from)} was undone</Trans>);
    case 'ticket.snoozed':
      return one(
        data?.until
          ? t`${who} snoozed it until ${formatDateTime(String(data.until))}`
          : t`${who} snoozed it until the client writes`,
      );
    case 'ticket.unsnoozed':
      return one(t`The snooze has ended`);
    case 'ticket.voted':
      return one(t`${who} rated it ${Number(data?.score)} of 10`);
    case 'ticket.moved':
      return one(t`${who} moved it here from another account`);
    case 'ticket.reminded':
      return one(t`The client was reminded`);
    case 'comment.redacted':
    case 'note.redacted':
      return one(t`${who} removed a text for good`);
    case 'file.redacted':
      return one(t`${who} removed a file for good`);
    case 'delayed_reply.stopped':
      return one(t`A reply was not sent and became a draft`);
    case 'sla.breached':
      return one(
        data?.target === 'resolution'
          ? t`SLA target breached: resolution`
          : t`SLA target breached: first response`,
      );
    case 'ticket.changed':
    case 'ticket.triaged':
      return changesOf(fieldsOf(data?.before), fieldsOf(data?.after), who, names);
    default:
      return [];
  }
}

const fieldsOf = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? { ...value } : {};

function changesOf(
  before: Record<string, unknown>,
  after: Record<string, unknown>,
  who: string,
  names: Names,
): Line[] {
  const words: Record<string, () => string> = {
    assignee_id: () => {
      const assignee = names.member(after.assignee_id);
      if (!assignee) return t`${who} unassigned it`;
      return assignee === who ? t`${who} took it` : t`${who} assigned it to ${assignee}`;
    },
    priority: () => t`${who} set the priority: ${names.priority(after.priority)}`,
    topic_key: () => {
      const topic = names.topic(after.topic_key);
      return topic ? t`${who} set the topic: ${topic}` : t`${who} removed the topic`;
    },
    summary: () => t`${who} renamed it from “${String(before.summary)}”`,
    tags: () => t`${who} changed the tags: ${listOf(after.tags)}`,
    client_emails: () => t`${who} changed the copies: ${listOf(after.client_emails)}`,
    client_aliased_name: () => t`${who} changed who is speaking: ${String(after.client_aliased_name ?? '–')}`,
    access_level: () => t`${who} changed who sees it`,
  };
  return Object.keys(after).flatMap((field) => {
    const say = words[field];
    return say ? [{ key: field, words: say() }] : [];
  });
}

const listOf = (value: unknown): string =>
  Array.isArray(value) && value.length > 0 ? value.join(', ') : '–';
