import { t } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import {
  Ban,
  Check,
  Clock,
  Flag,
  FolderInput,
  Link2,
  MailOpen,
  MessageSquareText,
  RotateCcw,
  SquareCheck,
  Tag,
  UserRound,
} from 'lucide-react';
import { useState } from 'react';
import { listCannedResponsesOptions } from '#api/generated/@tanstack/react-query.gen.ts';
import type { QueueTicket } from '#api/generated/types.gen.ts';
import { formatDateTime } from '#shared/format.ts';
import { close } from '../actions/close.ts';
import { copyLink } from '../actions/copy-link.ts';
import { markRead, markUnread } from '../actions/mark-read.ts';
import { reopen } from '../actions/reopen.ts';
import { replyWith } from '../actions/reply-with.ts';
import { resolve } from '../actions/resolve.ts';
import { runAction, type TicketAction } from '../actions/run.ts';
import { snooze } from '../actions/snooze.ts';
import { openBulkDialog } from '../bulk/dialogs.ts';
import { useKeyName } from '../keys/names.ts';
import { openTags } from '../tags/open.ts';
import { MenuItem, MenuSeparator } from '../ui/Menu.tsx';
import { Submenu } from '../ui/Submenu.tsx';
import { AssigneeItems, PriorityItems, TopicItems } from './ActionValues.tsx';
import { toggleSelected } from './selection.ts';
import { snoozeTimes } from './snooze-times.ts';

interface ActionsProps {
  tickets: QueueTicket[];
  /** Without those that the bar beside it has. */
  isShort?: boolean;
}

/** What can be done with one row, or with all that are selected. */
export function Actions({ tickets, isShort = false }: ActionsProps) {
  const [resolveKey, selectKey] = [useKeyName('resolve'), useKeyName('select')];
  const [only] = tickets;
  if (!only) return null;
  const numbers = tickets.map(({ number }) => number);
  const run = (action: TicketAction) => void runAction(numbers, action);
  const allow = (action: keyof QueueTicket['can']) => tickets.some(({ can }) => can[action]);
  const isRead = tickets.every(({ is_staff_read }) => is_staff_read);
  return (
    <>
      {!isShort && (
        <>
          <MenuItem
            icon={<Check size={15} aria-hidden />}
            hotkey={resolveKey}
            disabled={!allow('resolve')}
            onChoose={() => run(resolve())}
          >
            <Trans>Resolve</Trans>
          </MenuItem>
          <Submenu icon={<UserRound size={15} aria-hidden />} name={t`Assign`}>
            <AssigneeItems tickets={tickets} run={run} />
          </Submenu>
        </>
      )}
      {tickets.length === 1 && only.can.reopen && (
        <MenuItem icon={<RotateCcw size={15} aria-hidden />} onChoose={() => void reopen(only)}>
          <Trans>Reopen</Trans>
        </MenuItem>
      )}
      <Submenu icon={<FolderInput size={15} aria-hidden />} name={t`Topic`}>
        <TopicItems tickets={tickets} run={run} />
      </Submenu>
      <Submenu icon={<Flag size={15} aria-hidden />} name={t`Priority`}>
        <PriorityItems tickets={tickets} run={run} />
      </Submenu>
      <MenuItem icon={<Tag size={15} aria-hidden />} onChoose={() => openTags(tickets)}>
        <Trans>Tags…</Trans>
      </MenuItem>
      <Submenu icon={<Clock size={15} aria-hidden />} name={t`Snooze`} disabled={!allow('snooze')}>
        <SnoozeItems run={run} />
      </Submenu>
      <MenuItem
        icon={<MailOpen size={15} aria-hidden />}
        onChoose={() => run(isRead ? markUnread() : markRead())}
      >
        {isRead ? <Trans>Mark as unread</Trans> : <Trans>Mark as read</Trans>}
      </MenuItem>
      <Submenu
        icon={<MessageSquareText size={15} aria-hidden />}
        name={t`Canned response`}
        disabled={!allow('comment')}
      >
        <CannedItems tickets={tickets} run={run} />
      </Submenu>
      <MenuSeparator />
      {tickets.length === 1 && (
        <>
          <MenuItem
            icon={<SquareCheck size={15} aria-hidden />}
            hotkey={selectKey}
            onChoose={() => toggleSelected(only.number)}
          >
            <Trans>Select</Trans>
          </MenuItem>
          <MenuItem icon={<Link2 size={15} aria-hidden />} onChoose={() => void copyLink(only.number)}>
            <Trans>Copy link</Trans>
          </MenuItem>
        </>
      )}
      <MenuItem icon={<Ban size={15} aria-hidden />} disabled={!allow('close')} onChoose={() => run(close())}>
        <Trans>Close without a reply</Trans>
      </MenuItem>
    </>
  );
}

function SnoozeItems({ run }: { run(action: TicketAction): void }) {
  const { i18n } = useLingui();
  const [times] = useState(() => snoozeTimes());
  return (
    <>
      {times.map(({ name, until }) => (
        <MenuItem key={i18n._(name)} onChoose={() => run(snooze(until))}>
          <span title={formatDateTime(until.toISOString())}>{i18n._(name)}</span>
        </MenuItem>
      ))}
      <MenuItem onChoose={() => run(snooze(null))}>
        <Trans>Until the client writes</Trans>
      </MenuItem>
    </>
  );
}

/** Canned responses, each sent to the client of each ticket; to many only after a yes. */
function CannedItems({ tickets, run }: { tickets: QueueTicket[]; run(action: TicketAction): void }) {
  const responses = useQuery(listCannedResponsesOptions()).data?.items ?? [];
  if (responses.length === 0) {
    return (
      <MenuItem disabled onChoose={() => {}}>
        <Trans>No canned responses</Trans>
      </MenuItem>
    );
  }
  return responses.slice(0, 50).map((response) => (
    <MenuItem
      key={response.canned_response_id}
      onChoose={() => {
        if (tickets.length > 1) openBulkDialog({ kind: 'reply', tickets, response });
        else run(replyWith(response, 1));
      }}
    >
      {response.title}
    </MenuItem>
  ));
}
