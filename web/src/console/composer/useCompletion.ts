import { t } from '@lingui/core/macro';
import { useQuery } from '@tanstack/react-query';
import { type KeyboardEvent, type RefObject, useRef, useState } from 'react';
import { once } from '#api/client.ts';
import { listCannedResponsesOptions, listMembersOptions } from '#api/generated/@tanstack/react-query.gen.ts';
import { useCannedResponse as fillIn } from '#api/generated/sdk.gen.ts';
import type { CannedResponse, StaffMember, StaffTicketWithComments } from '#api/generated/types.gen.ts';
import type { Availability } from '../availability/availability.ts';
import { useMe } from '../me.ts';
import { wordsOf } from '../refusals.ts';
import { sayFailed } from '../ui/toasts.ts';
import { insertAt } from './apply.ts';
import { leftOf } from './caret.ts';
import { type Completion, findCompletion, matching } from './completion.ts';

export interface Option {
  id: number;
  title: string;
  /** What is typed for it. */
  shortcut?: string;
  /** Under it. */
  preview?: string;
  /** Of a team member. */
  availability?: Availability;
  choose(): void;
}

interface CompletionOptions {
  field: RefObject<HTMLTextAreaElement | null>;
  ticket: StaffTicketWithComments;
  /** Colleagues are mentioned in notes. */
  isNote: boolean;
}

interface Found extends Completion {
  /** Where the sign stands in the field, and how much room there is above the composer: in pixels. */
  left: number;
  room: number;
}

/** Of the picker, above and below. */
const MARGIN = 16;

/** The picker at the caret: canned responses after `/`, colleagues after `@`. */
export function useCompletion({ field, ticket, isNote }: CompletionOptions) {
  const [found, setFound] = useState<Found | null>(null);
  const [active, setActive] = useState(0);
  const me = useMe();
  /** Where Esc has closed it, in which field: it opens again elsewhere. */
  const dismissed = useRef<{ box: HTMLTextAreaElement; from: number } | null>(null);
  const canned = useQuery({ ...listCannedResponsesOptions(), enabled: found?.kind === 'canned' });
  const members = useQuery({ ...listMembersOptions(), enabled: found?.kind === 'member' });

  /** Looks at the text before the caret; called when either has changed. */
  function look() {
    const box = field.current;
    if (!box || box.selectionStart !== box.selectionEnd) return close();
    const next = findCompletion(box.value, box.selectionEnd);
    if (dismissed.current?.box !== box || dismissed.current.from !== next?.from) dismissed.current = null;
    if (!next || dismissed.current || (next.kind === 'member' && !isNote)) return close();
    if (found && next.from === found.from && next.query === found.query) return;
    const top = box.form?.getBoundingClientRect().top ?? 0;
    setFound({ ...next, left: leftOf(box, next.from), room: top - MARGIN });
    setActive(0);
  }

  const close = () => setFound(null);

  function replaceWith(text: string) {
    const box = field.current;
    if (box && found) insertAt(box, found.from, found.to, text);
    close();
  }

  async function insertCanned(canned_response_id: number) {
    const box = field.current;
    replaceWith('');
    try {
      const path = { canned_response_id };
      const { body } = await fillIn({ path, body: { ticket_number: ticket.number }, headers: once() });
      if (box) insertAt(box, box.selectionStart, box.selectionEnd, body);
    } catch (error) {
      sayFailed(wordsOf(error));
    }
  }

  const optionOfCanned = (item: CannedResponse): Option => ({
    id: item.canned_response_id,
    title: item.title,
    shortcut: `/${item.shortcut}`,
    preview: item.bodies[ticket.account.locale] ?? item.bodies.en ?? item.bodies.ru,
    choose: () => void insertCanned(item.canned_response_id),
  });
  const optionOfMember = ({ staff_id, name, availability }: StaffMember): Option => ({
    id: staff_id,
    title: name,
    availability,
    choose: () => replaceWith(`@${name} `),
  });

  const options: Option[] = !found
    ? []
    : found.kind === 'canned'
      ? matching(inOrder(canned.data?.items ?? [], ticket.topic_key), found.query, ({ title, shortcut }) => [
          shortcut,
          title,
        ]).map(optionOfCanned)
      : matching(
          (members.data?.items ?? []).filter(
            ({ staff_id, disabled_at }) => staff_id !== me.staff_id && disabled_at === null,
          ),
          found.query,
          ({ name }) => [name],
        ).map(optionOfMember);
  const isOpen = found !== null && options.length > 0;

  /** Whether the key was for the picker. */
  function onKeyDown(event: KeyboardEvent): boolean {
    if (!isOpen || event.nativeEvent.isComposing || event.metaKey || event.ctrlKey || event.altKey)
      return false;
    const last = options.length - 1;
    if (event.key === 'ArrowDown') setActive(active >= last ? 0 : active + 1);
    else if (event.key === 'ArrowUp') setActive(active <= 0 ? last : active - 1);
    else if ((event.key === 'Enter' || event.key === 'Tab') && !event.shiftKey) options[active]?.choose();
    else if (event.key === 'Escape') {
      if (field.current) dismissed.current = { box: field.current, from: found.from };
      close();
    } else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  }

  return {
    isOpen,
    name: found?.kind === 'canned' ? t`Canned responses` : t`Team members`,
    options,
    active: Math.min(active, Math.max(0, options.length - 1)),
    setActive,
    position: found,
    look,
    close,
    onKeyDown,
  };
}

export type CompletionState = ReturnType<typeof useCompletion>;

/** Those for the topic first, then the most used. */
const inOrder = (items: CannedResponse[], topic: string | null) =>
  items.toSorted(
    (one, other) =>
      Number(other.topic_key === topic) - Number(one.topic_key === topic) || other.use_count - one.use_count,
  );
