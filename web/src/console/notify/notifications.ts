/** Messages of the desktop about what concerns the member. They are asked for in the settings, for each device. */
import type { StaffEventBase } from '#api/generated/types.gen.ts';
import { announce } from '#shared/announce.ts';
import { readKept, writeKept } from '#shared/kept.ts';
import { createStore } from '#shared/store.ts';
import { isBusy } from '../availability/availability.ts';
import { reasonOf } from './reason.ts';
import { wordsOf } from './words.ts';

const KEY = 'paneldesk.notifications';
/** The ticket that is looked at now, in whichever tab. */
const LOOKED_AT = 'paneldesk.looked-at';
const OLD_MS = 5 * 60_000; // what comes after a long sleep is seen in the list

export const isSupported = 'Notification' in window;
export const isOn = createStore(
  isSupported && readKept(KEY) === 'on' && Notification.permission === 'granted',
);

/** Asks the browser; false when it, or its user, has refused. */
export async function turnOn(): Promise<boolean> {
  const isGranted = isSupported && (await Notification.requestPermission()) === 'granted';
  writeKept(KEY, isGranted ? 'on' : null);
  isOn.set(isGranted);
  return isGranted;
}

export function turnOff() {
  writeKept(KEY, null);
  isOn.set(false);
}

/** Tells all tabs which ticket is open and looked at; null: none. */
export const setLookedAt = (number: number | null) =>
  writeKept(LOOKED_AT, number === null ? null : String(number));

/** `open` opens the ticket in this tab. */
export function notify(event: StaffEventBase, ownId: number, open: (number: number) => void) {
  const { ticket, comment, cursor, created_at } = event;
  const reason = reasonOf(event, ownId);
  if (!reason || !ticket || Date.now() - Date.parse(created_at) > OLD_MS) return;
  if (isBusy()) return; // the list of notifications has it
  const text = wordsOf(reason, ticket.number, comment?.author_name ?? null);
  announce(text);
  if (!isOn.get() || readKept(LOOKED_AT) === String(ticket.number)) return;
  // Every tab hears of it; the tag makes it one message.
  const message = new Notification(text, { body: ticket.summary, tag: cursor });
  message.onclick = () => {
    window.focus();
    open(ticket.number);
    message.close();
  };
}
