import { t } from '@lingui/core/macro';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useEffect } from 'react';
import { keepFocus } from '#shared/keep-focus.ts';
import {
  focusConversation,
  focusedRow,
  focusMain,
  focusRow,
  focusThread,
  isFocusWanted,
  isTyping,
} from '../keys/focus.ts';
import { openHelp } from '../keys/help.ts';
import { KeyBindings } from '../keys/KeyBindings.tsx';
import type { KeyId } from '../keys/keys.ts';
import { LazyHelp } from '../keys/LazyHelp.tsx';
import { useKey } from '../keys/registry.ts';
import { focusList } from '../list/focus-after.ts';
import { clearSelection, selectedNumbers, selectTo, toggleSelected } from '../list/selection.ts';
import { useOpenTicket } from '../list/useOpenTicket.ts';
import { openPalette } from '../palette/open.ts';
import { isQueueName, queues } from '../queues.ts';
import { sayDone, sayFailed, undoLast } from '../ui/toasts.ts';

/** The keys that belong to no part of the page, and what listens to all keys. */
export function WorkplaceKeys() {
  useEffect(() => keepFocus({ restore, isWanted: isFocusWanted }), []);
  return (
    <>
      {Object.keys(queues).map((queue, index) => (
        // The queues stand in the order of their keys.
        <QueueKey key={queue} id={`queue_${index + 1}` as KeyId} queue={queue} />
      ))}
      <RowKeys />
      <KeyBindings />
      <LazyHelp />
    </>
  );
}

/** In the list, when it was lost there; else on the conversation. */
function restore(lost: Element[]) {
  const wasInList = lost.length > 0 && !lost.some(({ id }) => id === 'conversation');
  if (wasInList) focusList();
  else focusConversation();
}

/** By themselves: with another ticket, the others are not bound anew. */
function RowKeys() {
  const navigate = useNavigate();
  const { list } = useParams({ strict: false });
  const { open, openTicket, step } = useOpenTicket();
  const current = () => focusedRow() ?? open;
  const hasOpen = { enabled: open !== null };

  useKey('next', () => step(1));
  useKey('previous', () => step(-1));
  useKey('open', () => {
    const number = current();
    if (number === null) return step(1);
    if (number !== open) openTicket(number);
    focusThread();
  });
  useKey('back', () => {
    if (isTyping()) return open === null ? focusMain() : focusThread();
    if (selectedNumbers().length > 0) return clearSelection();
    if (open === null || list === undefined) return false;
    void navigate({ to: '/$list', params: { list }, search: true });
    focusRow(open);
  });
  useKey('select', () => {
    const number = current();
    return number === null ? false : toggleSelected(number);
  });
  useKey('select_to', () => {
    const number = current();
    return number === null ? false : selectTo(number);
  });
  useKey('menu', (event) => {
    // Of these two the browser itself makes the event that opens the menu.
    const number = current();
    if (event.key === 'F10' || event.key === 'ContextMenu' || number === null) return false;
    openMenuOf(number);
  });
  useKey('copy_link', () => void copyLink(), hasOpen);
  useKey('undo', undoLast);
  useKey('help', openHelp);
  useKey('settings', () => void navigate({ to: '/settings/$section', params: { section: 'look' } }));
  useKey('palette', openPalette);
  useKey('search', openPalette);
  return null;
}

function QueueKey({ id, queue }: { id: KeyId; queue: string }) {
  const navigate = useNavigate();
  useKey(id, () => {
    if (isQueueName(queue)) void navigate({ to: '/$list', params: { list: queue } });
  });
  return null;
}

async function copyLink() {
  try {
    await navigator.clipboard.writeText(location.href.replace(/[?#].*/, ''));
    sayDone(t`The link is copied`);
  } catch {
    sayFailed(t`The browser does not let this page copy`);
  }
}

function openMenuOf(number: number) {
  const row = document.querySelector(`[data-number="${number}"]`);
  const { left = 0, bottom = 0 } = row?.getBoundingClientRect() ?? {};
  const at = { clientX: left + 24, clientY: bottom - 8 };
  row?.dispatchEvent(new MouseEvent('contextmenu', { ...at, bubbles: true, cancelable: true }));
}
