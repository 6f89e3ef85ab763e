/** The values of actions: whom to assign, which topic and priority. */
import { msg } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { CircleDashed } from 'lucide-react';
import { listAllTopicsOptions, listMembersOptions } from '#api/generated/@tanstack/react-query.gen.ts';
import type { QueueTicket } from '#api/generated/types.gen.ts';
import { inLanguage } from '#shared/i18n.ts';
import { Avatar } from '#shared/ui/Avatar.tsx';
import { assign } from '../actions/assign.ts';
import type { TicketAction } from '../actions/run.ts';
import { setPriority } from '../actions/set-priority.ts';
import { setTopic } from '../actions/set-topic.ts';
import { AvailabilityWord } from '../availability/AvailabilityWord.tsx';
import { MemberAvatar } from '../availability/MemberAvatar.tsx';
import { useKeyName } from '../keys/names.ts';
import { useMe } from '../me.ts';
import { TopicDot } from '../sidebar/TopicDot.tsx';
import { MenuItem, MenuSeparator } from '../ui/Menu.tsx';

type Ticket = Pick<QueueTicket, 'assignee_id' | 'topic_key' | 'priority'>;

interface ValuesProps {
  tickets: Ticket[];
  run(action: TicketAction): void;
}

export const priorities = [
  { key: 'urgent', name: msg`Urgent` },
  { key: 'high', name: msg`High` },
  { key: 'normal', name: msg`Normal` },
  { key: 'low', name: msg`Low` },
] as const;

const allHave = (tickets: Ticket[], test: (ticket: Ticket) => boolean) => tickets.every(test);

export function AssigneeItems({ tickets, run }: ValuesProps) {
  const me = useMe();
  const ownKey = useKeyName('assign_me');
  const members = useQuery(listMembersOptions()).data?.items ?? [];
  const others = members.filter(({ staff_id, disabled_at }) => staff_id !== me.staff_id && !disabled_at);
  const isAssignedTo = (id: number | null) => allHave(tickets, ({ assignee_id }) => assignee_id === id);
  return (
    <>
      <MenuItem
        icon={<Avatar name={me.name} size={20} />}
        hotkey={ownKey}
        isChosen={isAssignedTo(me.staff_id)}
        onChoose={() => run(assign(me))}
      >
        <Trans>Me</Trans>
      </MenuItem>
      <MenuItem
        icon={<CircleDashed size={20} aria-hidden />}
        isChosen={isAssignedTo(null)}
        onChoose={() => run(assign(null))}
      >
        <Trans>Nobody</Trans>
      </MenuItem>
      <MenuSeparator />
      {others.map((member) => (
        <MenuItem
          key={member.staff_id}
          icon={<MemberAvatar member={member} />}
          note={<AvailabilityWord availability={member.availability} />}
          isChosen={isAssignedTo(member.staff_id)}
          onChoose={() => run(assign(member))}
        >
          {member.name}
        </MenuItem>
      ))}
    </>
  );
}

export function TopicItems({ tickets, run }: ValuesProps) {
  const topics = useQuery(listAllTopicsOptions()).data?.items ?? [];
  return topics
    .filter(({ archived_at }) => archived_at === null)
    .map(({ key, name }) => (
      <MenuItem
        key={key}
        icon={<TopicDot topic={key} />}
        isChosen={allHave(tickets, ({ topic_key }) => topic_key === key)}
        onChoose={() => run(setTopic(key, inLanguage(name)))}
      >
        {inLanguage(name)}
      </MenuItem>
    ));
}

export function PriorityItems({ tickets, run }: ValuesProps) {
  const { i18n } = useLingui();
  return priorities.map(({ key, name }) => (
    <MenuItem
      key={key}
      isChosen={allHave(tickets, ({ priority }) => priority === key)}
      onChoose={() => run(setPriority(key, i18n._(name)))}
    >
      {i18n._(name)}
    </MenuItem>
  ));
}
