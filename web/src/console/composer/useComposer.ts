import { useEffect, useLayoutEffect, useRef } from 'react';
import { flushSync } from 'react-dom';
import { queryClient } from '#api/client.ts';
import { listMembersOptions } from '#api/generated/@tanstack/react-query.gen.ts';
import type { StaffMember, StaffTicketWithComments } from '#api/generated/types.gen.ts';
import { changeDraft, readDraft, useDraft } from '#shared/drafts.ts';
import { useAttachments } from '#shared/files/useAttachments.ts';
import { send } from '#shared/outbox.ts';
import { useDraftNews } from '#shared/useDraftNews.ts';
import { draftFromElsewhere, draftName, syncDraft } from '../drafts.ts';
import { useKey } from '../keys/registry.ts';
import { useOpenTicket } from '../list/useOpenTicket.ts';
import { undoSeconds } from '../sending.ts';
import type { ReplyExtra } from '../stale.ts';
import { useStateOf } from '../useStateOf.ts';
import { calledIn, mentionedIn } from './completion.ts';
import { isWriting, takeOver } from './take-over.ts';
import { useLimits } from './useLimits.ts';
import { preferredWay, type Way } from './ways.ts';

export const MAX_LENGTH = 50_000;

export type Mode = 'reply' | 'note';

/** A reply that calls colleagues by their names: it waits for a yes. */
export interface Question {
  way: Way;
  names: string[];
}

/** What the composer of a ticket knows and does: two drafts that cannot be mistaken, and how they are sent. */
export function useComposer(ticket: StaffTicketWithComments, onWriting: (isWriting: boolean) => void) {
  const { number, can } = ticket;
  // Chosen once: when a colleague closes the ticket, what is being written stays a reply.
  const [mode, setMode] = useStateOf<Mode>(number, () => firstMode(ticket));
  const [question, setQuestion] = useStateOf<Question | null>(number, () => null);
  const { openNext } = useOpenTicket();
  const isNote = mode === 'note';
  const name = draftName(number, isNote);
  const draft = useDraft(name);
  useDraftNews(name);
  const attachments = useAttachments({ name, draft, url: '/staff/files', limits: useLimits() });
  const isEmpty = draft.text.trim() === '';
  const isAllowed = isNote ? can.note : can.comment;
  const field = useRef<HTMLTextAreaElement>(null);

  const { text, files } = draft;
  const before = useRef({ name, text, files });
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the ticket has come
  useLayoutEffect(() => {
    const begun = takeOver(number, field.current);
    // What was typed goes to the server like a key; but a draft of another device is offered first.
    if (begun !== null && !isNote && !draftFromElsewhere(ticket)) before.current.text = begun;
  }, [number]);
  useEffect(() => {
    const { name: lastName, text: lastText, files: lastFiles } = before.current;
    before.current = { name, text, files };
    if (lastName !== name || (lastText === text && lastFiles === files)) return;
    syncDraft(number, isNote);
    onWriting(text.trim() !== '' || files.length > 0);
  }, [name, text, files, number, isNote, onWriting]);

  function write(next: Mode) {
    flushSync(() => setMode(next)); // each mode has a field of its own
    field.current?.focus();
  }
  useKey('reply', () => write('reply'), { enabled: can.comment });
  useKey('note', () => write('note'), { enabled: can.note });

  const submitting = useRef<string>(undefined);
  async function submit(way: Way = preferredWay(), isSure = false) {
    if (isEmpty || !isAllowed || submitting.current === name) return;
    submitting.current = name;
    try {
      const members = text.includes('@') ? await loadMembers() : [];
      const called = isNote || isSure ? [] : calledIn(text, members);
      if (called.length > 0) return setQuestion({ way, names: called.map((member) => member.name) });
      setQuestion(null);
      sendNow(way, mentionedIn(text, members));
    } finally {
      submitting.current = undefined;
    }
  }

  function sendNow(way: Way, mentioned: StaffMember[]) {
    const arriving = attachments.take();
    const { text: body, files } = draft.clear();
    if (body.trim() === '') return; // an earlier press has sent it
    const extra: ReplyExtra = {
      ...(mentioned.length > 0 && { mentions: mentioned.slice(0, 20).map(({ staff_id }) => staff_id) }),
      ...(!isNote && { delay_seconds: undoSeconds(), last_comment_id: ticket.comments.at(-1)?.id }),
      ...(!isNote && way === 'resolve' && { status_key: 'resolved' }),
    };
    send({ ticket_number: number, kind: mode, body, files, extra }, arriving);
    syncDraft(number, isNote, 0);
    if (way === 'next' && !isNote) openNext();
  }

  /** For a reply that was meant for the team. */
  function moveToNote() {
    setQuestion(null);
    const { text: moved, files } = draft.clear();
    changeDraft(draftName(number, true), (note) => ({
      text: [note.text, moved].filter(Boolean).join('\n\n'),
      files: [...note.files, ...files],
    }));
    write('note');
  }

  return {
    ticket,
    mode,
    isNote,
    write,
    name,
    draft,
    attachments,
    isEmpty,
    isAllowed,
    field,
    submit,
    question,
    moveToNote,
    closeQuestion: () => setQuestion(null),
  };
}

export type ComposerState = ReturnType<typeof useComposer>;

function firstMode({ number, can }: StaffTicketWithComments): Mode {
  if (isWriting(number)) return 'reply'; // begun while the ticket was loading
  const [reply, note] = [readDraft(draftName(number, false)), readDraft(draftName(number, true))];
  if (can.note && note && (!reply || note.saved_at > reply.saved_at)) return 'note';
  return can.comment || reply || !can.note ? 'reply' : 'note';
}

/** Without an answer nobody is mentioned: what was written is sent anyway. */
const loadMembers = async () => {
  try {
    const { items } = await queryClient.ensureQueryData(listMembersOptions());
    return items.filter(({ disabled_at }) => disabled_at === null);
  } catch {
    return [];
  }
};
