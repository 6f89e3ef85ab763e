import type { MessageDescriptor } from '@lingui/core';
import { useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import {
  AlarmClock,
  Check,
  CircleHelp,
  Eye,
  FolderInput,
  Link2,
  Lock,
  type LucideIcon,
  MailOpen,
  PanelRight,
  Quote,
  Reply,
  RotateCcw,
  Settings,
  Split,
  SquareCheck,
  Undo2,
  UserRound,
  Zap,
} from 'lucide-react';
import { useState } from 'react';
import { listAllTopicsOptions, listViewsOptions } from '#api/generated/@tanstack/react-query.gen.ts';
import { inLanguage } from '#shared/i18n.ts';
import { keyOf } from '../keys/bindings.ts';
import { type KeyId, keyIds, keys, rowOf } from '../keys/keys.ts';
import { nameOf } from '../keys/names.ts';
import { canRun, runKey } from '../keys/registry.ts';
import { usePreferences } from '../preferences.ts';
import { queues } from '../queues.ts';
import { TopicDot } from '../sidebar/TopicDot.tsx';
import type { CommandGroup, CommandItem } from '../ui/CommandDialog.tsx';
import { type Command, listCommands } from './commands.ts';

const icons: Partial<Record<KeyId, LucideIcon>> = {
  reply: Reply,
  note: Lock,
  assign: UserRound,
  assign_me: UserRound,
  resolve: Check,
  reopen: RotateCcw,
  unread: MailOpen,
  topic: FolderInput,
  remind: AlarmClock,
  split: Split,
  quote: Quote,
  details: PanelRight,
  copy_link: Link2,
  select: SquareCheck,
  undo: Undo2,
  help: CircleHelp,
  settings: Settings,
};

/** Keys that are of no use as commands: they go through things, or the palette has them anyway. */
const LEFT_OUT = /^(next|previous|open|back|menu|select_to|palette|search|queue_\d|(previous|next)_message)$/;
const SHOWN_AT_FIRST = 7;

/** What can be done now, and where one can go: what every key does, what the parts of the page offer, and all lists. */
export function useOffers(text: string): CommandGroup[] {
  const { i18n, t } = useLingui();
  const navigate = useNavigate();
  const { number } = useParams({ strict: false });
  const preferences = usePreferences();
  const topics = useQuery(listAllTopicsOptions()).data?.items ?? [];
  const views = useQuery(listViewsOptions()).data?.items ?? [];
  // What is there to do when it opens: the palette itself takes the focus from it.
  const [runnable] = useState(() => keyIds.filter((id) => !LEFT_OUT.test(id) && canRun(id)));
  const [offered] = useState(() => listCommands());

  const hotkeyOf = (id: KeyId) => {
    const key = keyOf(keys, id, preferences);
    return key === null ? undefined : nameOf(key);
  };
  const keyItem = (id: KeyId): CommandItem => {
    const Icon = icons[id] ?? Zap;
    return {
      id,
      icon: <Icon size={17} aria-hidden />,
      name: i18n._(rowOf(id).words),
      hotkey: hotkeyOf(id),
      run: () => void runKey(id, new KeyboardEvent('keydown')),
    };
  };
  const listItem = (list: string, name: string, icon: React.ReactNode, key?: KeyId): CommandItem => ({
    id: list,
    icon,
    name,
    hotkey: key && hotkeyOf(key),
    run: () => void navigate({ to: '/$list', params: { list } }),
  });
  const ofTicket = runnable.filter((id) => rowOf(id).where === 'ticket').map(keyItem);
  const others = runnable.filter((id) => rowOf(id).where !== 'ticket').map(keyItem);
  const of = (...groups: Array<Command['group']>) =>
    offered.filter(({ group }) => groups.includes(group)).map(commandItem);
  const lists = [
    ...Object.entries(queues).map(([key, { name, icon: Icon }], index) =>
      listItem(
        key,
        i18n._(name as MessageDescriptor),
        <Icon size={17} aria-hidden />,
        `queue_${index + 1}` as KeyId, // the queues stand in the order of their keys
      ),
    ),
    ...views.map(({ view_id, name }) => listItem(`view.${view_id}`, name, <Eye size={17} aria-hidden />)),
    ...topics.map(({ key, name }) => listItem(`topic.${key}`, inLanguage(name), <TopicDot topic={key} />)),
  ];
  const find = (items: CommandItem[]) => {
    const words = text.toLocaleLowerCase().split(/\s+/).filter(Boolean);
    if (words.length === 0) return items.slice(0, SHOWN_AT_FIRST + 1);
    return items.filter(({ name }) => words.every((word) => name.toLocaleLowerCase().includes(word)));
  };
  return [
    { name: t`This ticket · #${number ?? ''}`, items: find(number ? [...of('ticket'), ...ofTicket] : []) },
    { name: t`Go to`, items: find([...lists, ...of('go')]) },
    { name: t`Commands`, items: find([...of('list', 'app'), ...others]) },
  ];
}

const commandItem = ({ id, icon: Icon, name, hotkey, run }: Command): CommandItem => ({
  id,
  icon: <Icon size={17} aria-hidden />,
  name,
  hotkey,
  run,
});
