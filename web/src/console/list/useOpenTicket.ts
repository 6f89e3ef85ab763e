import { useNavigate, useParams, useRouter } from '@tanstack/react-router';
import { focusRow } from '../keys/focus.ts';
import { neighbourOf } from './neighbours.ts';

/** Goes through the list: a ticket is opened beside it, and its row gets the focus. */
export function useOpenTicket() {
  const navigate = useNavigate();
  const router = useRouter();
  const { number } = useParams({ strict: false });

  /** The address may be ahead of the page: a key pressed meanwhile counts from there. */
  function address() {
    const params: { list?: string; number?: string } =
      router.matchRoutes(router.latestLocation).at(-1)?.params ?? {};
    return { list: params.list, open: numberOf(params.number) };
  }

  function openTicket(next: number) {
    const { list } = address();
    if (list === undefined) return;
    void navigate({ to: '/$list/$number', params: { list, number: String(next) }, search: true });
    focusRow(next);
  }

  return {
    /** The open ticket. */
    open: numberOf(number),
    openTicket,
    /** The next ticket or the one before; false at the end of the list. */
    step(by: 1 | -1): boolean {
      const next = neighbourOf(address().open, by);
      if (next === null) return false;
      openTicket(next);
      return true;
    },
    /** After the open ticket is done: the next one, at the end the one before, and without any, the list. */
    openNext() {
      const { list, open } = address();
      const next = neighbourOf(open, 1) ?? neighbourOf(open, -1);
      if (next !== null && next !== open) openTicket(next);
      else if (list !== undefined) void navigate({ to: '/$list', params: { list }, search: true });
    },
  };
}

const numberOf = (number: string | undefined) => (number === undefined ? null : Number(number));
