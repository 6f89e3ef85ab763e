import { useNavigate, useParams } from '@tanstack/react-router';
import { focusRow } from '../keys/focus.ts';
import { neighbourOf } from './neighbours.ts';

/** Goes through the list: a ticket is opened beside it, and its row gets the focus. */
export function useOpenTicket() {
  const navigate = useNavigate();
  const { list, number } = useParams({ strict: false });
  const open = number === undefined ? null : Number(number);

  function openTicket(next: number) {
    if (list === undefined) return;
    const address = { to: '/$list/$number', params: { list, number: String(next) } } as const;
    void navigate({ ...address, search: true });
    focusRow(next);
  }

  return {
    /** The open ticket. */
    open,
    openTicket,
    /** The next ticket or the one before; false at the end of the list. */
    step(by: 1 | -1): boolean {
      const next = neighbourOf(open, by);
      if (next === null) return false;
      openTicket(next);
      return true;
    },
    /** After the open ticket is done: the next one, at the end the one before, and without any, the list. */
    openNext() {
      const next = neighbourOf(open, 1) ?? neighbourOf(open, -1);
      if (next !== null && next !== open) openTicket(next);
      else if (list !== undefined) void navigate({ to: '/$list', params: { list }, search: true });
    },
  };
}
