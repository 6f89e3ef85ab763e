import { focusConversation, focusRow, focusWhenThere } from '../keys/focus.ts';
import { neighbourOf } from './neighbours.ts';

/** After a ticket is done: the next row, or the conversation where the list is not seen. */
export function focusAfter(number: number) {
  const next = neighbourOf(number, 1) ?? number;
  const row = document.querySelector<HTMLElement>(`[data-number="${next}"]`);
  if (row?.checkVisibility()) focusRow(next);
  else focusConversation();
}

/** After the bar of the selection is gone: the row at which Tab enters the list. */
export const focusList = () => focusWhenThere('[data-number][tabindex="0"]');
