import { t } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { Ban, Flag, Merge, Tag } from 'lucide-react';
import type { StaffTicketWithComments } from '#api/generated/types.gen.ts';
import { assign } from '../actions/assign.ts';
import { markRead, markUnread } from '../actions/mark-read.ts';
import { reopen } from '../actions/reopen.ts';
import { resolve } from '../actions/resolve.ts';
import { runAction } from '../actions/run.ts';
import { setPriority } from '../actions/set-priority.ts';
import { toggleDetails } from '../details/shown.ts';
import { useKey } from '../keys/registry.ts';
import { priorities } from '../list/ActionValues.tsx';
import { useOpenTicket } from '../list/useOpenTicket.ts';
import { useMe } from '../me.ts';
import { useCommands } from '../palette/commands.ts';
import { openTags } from '../tags/open.ts';
import { openDialog, setHeaderMenu } from './dialogs.ts';
import { currentMessage, quote, selectedText } from './quote.ts';
import { stepMessage } from './step-message.ts';

/** The keys of the open ticket, and what the palette can do with it. */
export function TicketKeys({ ticket }: { ticket: StaffTicketWithComments }) {
  const me = useMe();
  const { i18n } = useLingui();
  const { openNext } = useOpenTicket();
  const { number, can, comments } = ticket;

  useKey('assign', () => setHeaderMenu('assign'));
  useKey('assign_me', () => void runAction([number], assign(me)), {
    enabled: ticket.assignee_id !== me.staff_id,
  });
  useKey('topic', () => setHeaderMenu('topic'));
  useKey(
    'resolve',
    () => {
      void runAction([number], resolve());
      openNext();
    },
    { enabled: can.resolve },
  );
  useKey('reopen', () => void reopen(ticket), { enabled: can.reopen });
  useKey('unread', () => void runAction([number], ticket.is_staff_read ? markUnread() : markRead()));
  useKey('remind', () => openDialog({ kind: 'snooze' }), { enabled: can.snooze });
  useKey('split', () => openDialog({ kind: 'split', from: currentMessage() }), { enabled: can.split });
  useKey('details', toggleDetails);
  useKey('previous_message', () => stepMessage(-1));
  useKey('next_message', () => stepMessage(1));
  useKey('quote', () => {
    const message = comments.find(({ id }) => id === currentMessage()) ?? comments.at(-1);
    const text = selectedText() ?? message?.body;
    if (!text) return false;
    quote(number, text, can.comment);
  });

  useCommands(() => [
    {
      id: 'ticket.tags',
      group: 'ticket' as const,
      name: t`Tags…`,
      icon: Tag,
      run: () => openTags([ticket]),
    },
    ...priorities
      .filter(({ key }) => key !== ticket.priority)
      .map(({ key, name }) => ({
        id: `ticket.priority.${key}`,
        group: 'ticket' as const,
        name: t`Priority: ${i18n._(name)}`,
        icon: Flag,
        run: () => void runAction([number], setPriority(key, i18n._(name))),
      })),
    ...(can.merge
      ? [
          {
            id: 'ticket.merge',
            group: 'ticket' as const,
            name: t`Merge into…`,
            icon: Merge,
            run: () => openDialog({ kind: 'merge' }),
          },
        ]
      : []),
    ...(can.close
      ? [
          {
            id: 'ticket.close',
            group: 'ticket' as const,
            name: t`Close without a reply…`,
            icon: Ban,
            run: () => openDialog({ kind: 'close' }),
          },
        ]
      : []),
  ]);
  return null;
}
