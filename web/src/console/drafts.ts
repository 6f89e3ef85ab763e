/** The drafts of the console: in this browser, and two seconds later on the server, for other devices and for the team. */
import { queryClient } from '#api/client.ts';
import { getMeQueryKey } from '#api/generated/@tanstack/react-query.gen.ts';
import { discardDraft, saveDraft } from '#api/generated/sdk.gen.ts';
import type { CurrentMember, Draft, StaffTicketWithComments } from '#api/generated/types.gen.ts';
import { readDraft } from '#shared/drafts.ts';
import { getOutbox } from '#shared/outbox.ts';
import { contentOf } from '#shared/outbox-content.ts';
import { patchTicket, ticketKey } from './cache.ts';

export const draftName = (number: number, isInternal: boolean) =>
  `ticket.${number}.${isInternal ? 'note' : 'reply'}`;

const SAVE_AFTER_MS = 2000;
const timers = new Map<number, ReturnType<typeof setTimeout>>();
const running = new Map<number, Promise<void>>();
/** What this page has put there last. */
const lastSaved = new Map<number, string>();

/** Saves what this browser has for the ticket on the server: soon, or now. Without a draft, removes it there. */
export function syncDraft(number: number, isInternal: boolean, delay = SAVE_AFTER_MS) {
  clearTimeout(timers.get(number));
  timers.set(
    number,
    setTimeout(() => {
      timers.delete(number);
      const before = running.get(number) ?? Promise.resolve();
      const work = before.then(() => sync(number, isInternal)).catch(() => {}); // this browser has it anyway
      running.set(number, work);
    }, delay),
  );
}

async function sync(ticket_number: number, isInternal: boolean) {
  const path = { ticket_number };
  const draft = readDraft(draftName(ticket_number, isInternal));
  if (draft) {
    lastSaved.set(ticket_number, draft.text);
    const content = contentOf({ body: draft.text, files: draft.files });
    const saved = await saveDraft({ path, body: { ...content, internal: isInternal } });
    remember(ticket_number, saved.updated_at);
    put(ticket_number, saved);
  } else if (ownDraft(ticket_number)?.is_internal === isInternal) {
    await discardDraft({ path });
    remember(ticket_number, null);
    put(ticket_number, null);
  }
}

const ownId = () => queryClient.getQueryData<CurrentMember>(getMeQueryKey())?.staff_id ?? 0;

function ownDraft(number: number): Draft | undefined {
  const ticket = queryClient.getQueryData<StaffTicketWithComments>(ticketKey(number));
  return ticket?.drafts.find(({ staff_id }) => staff_id === ownId());
}

function put(number: number, draft: Draft | null) {
  patchTicket(number, ({ drafts }) => {
    const others = drafts.filter(({ staff_id }) => staff_id !== ownId());
    return { drafts: draft ? [...others, draft] : others };
  });
}

/** When the draft of the server was known to this browser; it is kept over reloads. */
const known = new Map<number, string | null>();
const keyOf = (number: number) => `paneldesk.draft-known.${ownId()}.${number}`;

function remember(number: number, updated_at: string | null) {
  known.set(number, updated_at);
  try {
    if (updated_at) localStorage.setItem(keyOf(number), updated_at);
    else localStorage.removeItem(keyOf(number));
  } catch {} // the draft is offered once more after a reload
}

function knownAt(number: number): string | null {
  try {
    return localStorage.getItem(keyOf(number)) ?? known.get(number) ?? null;
  } catch {
    return known.get(number) ?? null;
  }
}

export const ignoreDraft = (number: number, { updated_at }: Draft) => remember(number, updated_at);

/** The member's draft as another device has left it; null when this browser knows it. */
export function draftFromElsewhere({ number, drafts, delayed_replies }: StaffTicketWithComments) {
  const draft = drafts.find(({ staff_id }) => staff_id === ownId());
  if (!draft || draft.body.trim() === '' || draft.updated_at === knownAt(number)) return null;
  const own = readDraft(draftName(number, draft.is_internal));
  const isBeingSent = [...getOutbox(), ...delayed_replies].some(
    // A reply that could not be sent stands in the draft before what was typed since.
    ({ ticket_number, body }) =>
      ticket_number === number && (body === draft.body || draft.body.startsWith(`${body}\n\n`)),
  );
  return isBeingSent || draft.body === own?.text || draft.body === lastSaved.get(number) ? null : draft;
}
