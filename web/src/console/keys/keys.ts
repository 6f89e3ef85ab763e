/** All keys of the console: bindings, the help, tooltips and the settings are derived from these rows. */
import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';

export type Where = 'list' | 'ticket' | 'anywhere' | 'go';

export interface KeyRow {
  /** As the library writes it; keys that are pressed one after the other have a space between them. */
  key: string;
  /** Keys with a name, such as Enter, that do the same. They are no letters: they stay when letters are off. */
  also?: readonly string[];
  where: Where;
  words: MessageDescriptor;
  /** Goes on while the key is held down. */
  repeats?: boolean;
}

export const keys = {
  next: { key: 'J', also: ['ArrowDown'], where: 'list', repeats: true, words: msg`Next ticket` },
  previous: { key: 'K', also: ['ArrowUp'], where: 'list', repeats: true, words: msg`Previous ticket` },
  open: { key: 'O', also: ['Enter'], where: 'list', words: msg`Read the conversation` },
  select: { key: 'X', where: 'list', words: msg`Select` },
  select_to: { key: 'Shift+X', where: 'list', repeats: true, words: msg`Select up to here` },
  menu: { key: 'Shift+F10', also: ['ContextMenu'], where: 'list', words: msg`Actions menu` },
  back: { key: 'Escape', where: 'list', words: msg`Back to the list` },

  reply: { key: 'R', where: 'ticket', words: msg`Reply` },
  note: { key: 'N', where: 'ticket', words: msg`Internal note` },
  assign: { key: 'A', where: 'ticket', words: msg`Assign…` },
  assign_me: { key: 'I', where: 'ticket', words: msg`Assign to me` },
  resolve: { key: 'E', where: 'ticket', words: msg`Resolve, and go to the next one` },
  reopen: { key: 'Shift+E', where: 'ticket', words: msg`Reopen` },
  unread: { key: 'U', where: 'ticket', words: msg`Mark as unread` },
  topic: { key: 'T', where: 'ticket', words: msg`Topic…` },
  remind: { key: 'H', where: 'ticket', words: msg`Snooze…` },
  split: { key: 'S', where: 'ticket', words: msg`Split…` },
  canned_response: { key: 'M', where: 'ticket', words: msg`Canned response…` },
  quote: { key: 'Q', where: 'ticket', words: msg`Quote the selection` },
  previous_message: { key: '[', where: 'ticket', repeats: true, words: msg`Previous message` },
  next_message: { key: ']', where: 'ticket', repeats: true, words: msg`Next message` },
  details: { key: 'D', where: 'ticket', words: msg`Show or hide the details` },
  copy_link: { key: 'L', where: 'ticket', words: msg`Copy the link` },

  palette: { key: 'Mod+K', where: 'anywhere', words: msg`Commands` },
  search: { key: '/', where: 'anywhere', words: msg`Search` },
  undo: { key: 'Z', where: 'anywhere', words: msg`Undo the last action` },
  help: { key: '?', where: 'anywhere', words: msg`Keyboard shortcuts` },

  queue_1: { key: 'G 1', where: 'go', words: msg`My tickets` },
  queue_2: { key: 'G 2', where: 'go', words: msg`Unassigned` },
  queue_3: { key: 'G 3', where: 'go', words: msg`Waiting on us` },
  queue_4: { key: 'G 4', where: 'go', words: msg`Waiting on client` },
  queue_5: { key: 'G 5', where: 'go', words: msg`Mentions` },
  queue_6: { key: 'G 6', where: 'go', words: msg`Drafts` },
  queue_7: { key: 'G 7', where: 'go', words: msg`Resolved` },
  queue_8: { key: 'G 8', where: 'go', words: msg`All open` },
  settings: { key: 'G S', where: 'go', words: msg`Settings` },
} as const satisfies Record<string, KeyRow>;

export type KeyId = keyof typeof keys;

export const keyIds = Object.keys(keys) as KeyId[]; // of a constant record: it has no other keys

export const rowOf = (id: KeyId): KeyRow => keys[id];
