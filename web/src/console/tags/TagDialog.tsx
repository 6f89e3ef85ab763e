import { plural, t } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { Check, Minus, Plus, Tag } from 'lucide-react';
import { useState } from 'react';
import { queryClient } from '#api/client.ts';
import { listTagsOptions, listTagsQueryKey } from '#api/generated/@tanstack/react-query.gen.ts';
import { runAction } from '../actions/run.ts';
import { addTag, removeTag } from '../actions/tag.ts';
import { CommandDialog, type CommandItem } from '../ui/CommandDialog.tsx';
import { closeTags, type Tagged } from './open.ts';
import { MAX_TAG, tagOf } from './tag-of.ts';

const SHOWN = 50;

/** Adds and removes tags, one after the other; a tag that does not exist is made by typing it. */
export default function TagDialog({ tickets }: { tickets: Tagged[] }) {
  const { t } = useLingui();
  const [text, setText] = useState('');
  const [changed, setChanged] = useState<ReadonlyMap<string, boolean>>(new Map());
  const known = useQuery(listTagsOptions()).data?.items ?? [];
  const numbers = tickets.map(({ number }) => number);

  /** Whether all of the tickets have it, or some. */
  function stateOf(tag: string): boolean | 'mixed' {
    const count = tickets.filter(({ tags }) => tags.includes(tag)).length;
    return changed.get(tag) ?? (count === tickets.length ? true : count > 0 ? 'mixed' : false);
  }
  const mark = (tag: string, isOn: boolean | undefined) =>
    setChanged((before) => {
      const after = new Map(before);
      if (isOn === undefined) after.delete(tag);
      else after.set(tag, isOn);
      return after;
    });
  async function toggle(tag: string) {
    const isOn = stateOf(tag) !== true;
    setText('');
    mark(tag, isOn);
    const isDone = await runAction(numbers, isOn ? addTag(tag) : removeTag(tag));
    if (!isDone) mark(tag, undefined);
    void queryClient.invalidateQueries({ queryKey: listTagsQueryKey() });
  }

  const typed = tagOf(text);
  // The tags of the tickets come first; one that was just made is not among the known ones yet.
  const own = new Set([...tickets.flatMap(({ tags }) => tags), ...changed.keys()]);
  const counts = new Map(known.map(({ tag, ticket_count }) => [tag, ticket_count]));
  const all = [...own, ...known.map(({ tag }) => tag).filter((tag) => !own.has(tag))];
  const items: CommandItem[] = all
    .filter((tag) => tag.includes(typed))
    .slice(0, SHOWN)
    .map((tag) => {
      const state = stateOf(tag);
      const Icon = state === true ? Check : state ? Minus : Tag;
      const count = counts.get(tag);
      return {
        id: tag,
        icon: <Icon size={17} aria-hidden />,
        name: tag,
        hint: count === undefined ? undefined : plural(count, { one: '# ticket', other: '# tickets' }),
        checked: state,
        run: () => void toggle(tag),
      };
    });
  const isNew = typed !== '' && !all.includes(typed);
  const make: CommandItem = {
    id: 'new',
    icon: <Plus size={17} aria-hidden />,
    name: t`Create the tag “${typed}”`,
    checked: false,
    run: () => void toggle(typed),
  };
  return (
    <CommandDialog
      name={nameOf(numbers)}
      placeholder={t`A tag, or a new one`}
      maxLength={MAX_TAG}
      groups={[
        { name: t`Tags`, items },
        { name: t`New tag`, items: isNew ? [make] : [] },
      ].filter(({ items }) => items.length > 0)}
      text={text}
      onType={setText}
      onClose={closeTags}
      empty={t`No tags yet. Type one to create it.`}
    />
  );
}

function nameOf(numbers: number[]): string {
  const [first = 0] = numbers;
  if (numbers.length === 1) return t`Tags of #${first}`;
  return plural(numbers.length, { one: 'Tags of # ticket', other: 'Tags of # tickets' });
}
