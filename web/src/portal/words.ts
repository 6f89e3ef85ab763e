/** The state of a ticket in a client’s words. */
import { t } from '@lingui/core/macro';
import type { Ticket } from '#api/generated/types.gen.ts';
import type { Tone } from '#shared/ui/Pill.tsx';

export const needsReply = ({ is_closed, is_resolved, is_await_client }: Ticket) =>
  !is_closed && !is_resolved && is_await_client;

export function stateOf(ticket: Ticket): { tone: Tone; words: string } {
  if (ticket.is_closed) return { tone: 'plain', words: t({ message: 'Closed', context: 'one ticket' }) };
  if (ticket.is_resolved) return { tone: 'ok', words: t`Solved` };
  if (needsReply(ticket)) return { tone: 'accent', words: t`Your reply needed` };
  return { tone: 'plain', words: t`We are on it` };
}
