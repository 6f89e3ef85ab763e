import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import {
  AlarmClock,
  AlarmClockOff,
  Ban,
  Flag,
  FolderSymlink,
  Link2,
  MailOpen,
  Merge,
  MoreHorizontal,
  RotateCcw,
  Split,
  Tag,
  Undo2,
} from 'lucide-react';
import { memo, useDeferredValue } from 'react';
import type { StaffTicketWithComments } from '#api/generated/types.gen.ts';
import { IconButton } from '#shared/ui/Button.tsx';
import { copyLink } from '../actions/copy-link.ts';
import { markRead, markUnread } from '../actions/mark-read.ts';
import { unmerge } from '../actions/merge.ts';
import { reopen } from '../actions/reopen.ts';
import { runAction, type TicketAction } from '../actions/run.ts';
import { unsnooze } from '../actions/snooze.ts';
import { unsplit } from '../actions/split.ts';
import { useKeyName } from '../keys/names.ts';
import { PriorityItems } from '../list/ActionValues.tsx';
import { wordsOf } from '../refusals.ts';
import { openTags } from '../tags/open.ts';
import { Menu, MenuItem, MenuSeparator } from '../ui/Menu.tsx';
import { Submenu } from '../ui/Submenu.tsx';
import { sayFailed } from '../ui/toasts.ts';
import { openDialog } from './dialogs.ts';

const SIZE = { size: 15, 'aria-hidden': true };
const sayWhy = (error: unknown) => sayFailed(wordsOf(error));

/** Everything that can be done with the ticket and has no button of its own. It is closed: what is seen comes first. */
export const TicketMenu = ({ ticket }: { ticket: StaffTicketWithComments }) => (
  <MenuOf ticket={useDeferredValue(ticket)} />
);

const MenuOf = memo(({ ticket }: { ticket: StaffTicketWithComments }) => {
  const { number, can, is_staff_read, merged_into_ticket_number: target } = ticket;
  const [reopenKey, remindKey, unreadKey] = [
    useKeyName('reopen'),
    useKeyName('remind'),
    useKeyName('unread'),
  ];
  const [splitKey, linkKey] = [useKeyName('split'), useKeyName('copy_link')];
  const run = (action: TicketAction) => void runAction([number], action);
  return (
    <Menu
      align="end"
      trigger={<IconButton label={t`More actions`} icon={<MoreHorizontal size={18} aria-hidden />} />}
    >
      {can.reopen && (
        <MenuItem icon={<RotateCcw {...SIZE} />} hotkey={reopenKey} onChoose={() => void reopen(ticket)}>
          <Trans>Reopen</Trans>
        </MenuItem>
      )}
      {can.snooze && (
        <MenuItem
          icon={<AlarmClock {...SIZE} />}
          hotkey={remindKey}
          onChoose={() => openDialog({ kind: 'snooze' })}
        >
          <Trans>Snooze…</Trans>
        </MenuItem>
      )}
      {can.unsnooze && (
        <MenuItem icon={<AlarmClockOff {...SIZE} />} onChoose={() => void unsnooze(ticket)}>
          <Trans>End the snooze</Trans>
        </MenuItem>
      )}
      <Submenu icon={<Flag {...SIZE} />} name={t`Priority`}>
        <PriorityItems tickets={[ticket]} run={run} />
      </Submenu>
      <MenuItem icon={<Tag {...SIZE} />} onChoose={() => openTags([ticket])}>
        <Trans>Tags…</Trans>
      </MenuItem>
      <MenuItem
        icon={<MailOpen {...SIZE} />}
        hotkey={unreadKey}
        onChoose={() => run(is_staff_read ? markUnread() : markRead())}
      >
        {is_staff_read ? <Trans>Mark as unread</Trans> : <Trans>Mark as read</Trans>}
      </MenuItem>
      <MenuItem icon={<Link2 {...SIZE} />} hotkey={linkKey} onChoose={() => void copyLink(number)}>
        <Trans>Copy link</Trans>
      </MenuItem>
      <MenuSeparator />
      {can.split && (
        <MenuItem
          icon={<Split {...SIZE} />}
          hotkey={splitKey}
          onChoose={() => openDialog({ kind: 'split', from: null })}
        >
          <Trans>Split…</Trans>
        </MenuItem>
      )}
      {can.unsplit && (
        <MenuItem icon={<Undo2 {...SIZE} />} onChoose={() => void unsplit(ticket).catch(sayWhy)}>
          <Trans>Undo the split</Trans>
        </MenuItem>
      )}
      {can.merge && (
        <MenuItem icon={<Merge {...SIZE} />} onChoose={() => openDialog({ kind: 'merge' })}>
          <Trans>Merge into…</Trans>
        </MenuItem>
      )}
      {can.unmerge && target !== null && (
        <MenuItem icon={<Undo2 {...SIZE} />} onChoose={() => void unmerge(number, target).catch(sayWhy)}>
          <Trans>Undo the merge</Trans>
        </MenuItem>
      )}
      {can.move && (
        <MenuItem icon={<FolderSymlink {...SIZE} />} onChoose={() => openDialog({ kind: 'move' })}>
          <Trans>Move to another account…</Trans>
        </MenuItem>
      )}
      {can.close && (
        <MenuItem icon={<Ban {...SIZE} />} onChoose={() => openDialog({ kind: 'close' })}>
          <Trans>Close without a reply…</Trans>
        </MenuItem>
      )}
    </Menu>
  );
});
