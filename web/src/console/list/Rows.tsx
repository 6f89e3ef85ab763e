import { t } from '@lingui/core/macro';
import { defaultRangeExtractor, type Range, useVirtualizer } from '@tanstack/react-virtual';
import {
  type KeyboardEvent,
  type RefObject,
  startTransition,
  useCallback,
  useEffect,
  useRef,
  useState,
} from 'react';
import type { QueueTicket } from '#api/generated/types.gen.ts';
import { focusRow } from '../keys/focus.ts';
import { useMe } from '../me.ts';
import type { Filter } from '../queues.ts';
import { density } from '../settings.ts';
import { ContextMenu } from '../ui/ContextMenu.tsx';
import { Actions } from './Actions.tsx';
import { toggleSelected, useSelection } from './selection.ts';
import styles from './TicketList.module.css';
import { TicketRow } from './TicketRow.tsx';

const ROW_PX = { comfortable: 60, compact: 34 };
const PREFETCH_BEFORE_END = 20;

interface RowsProps {
  rows: QueueTicket[];
  /** The row that stands there without matching. */
  left: number | null;
  list: string;
  open: number | null;
  scroller: RefObject<HTMLDivElement | null>;
  /** By which time the rows are sorted: they show it. */
  sort: Filter['sort'];
  isComplete: boolean;
  onNearEnd(): void;
}

/** Draws the rows that can be seen. The list is one stop of Tab; arrows go through it. */
export function Rows({ rows, left, list, open, scroller, sort, isComplete, onNearEnd }: RowsProps) {
  const me = useMe();
  const rowPx = ROW_PX[density.use()];
  const selection = useSelection();
  const element = useRef<HTMLUListElement>(null);
  const [focused, setFocused] = useState(0);
  const [menuFor, setMenuFor] = useState<QueueTicket[]>([]);
  const [isMenuOpen, setMenuOpen] = useState(false);
  const indexOf = (number: number | null) => rows.findIndex((row) => row.number === number);
  const focusedIndex = indexOf(focused);

  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowPx,
    getItemKey: (index) => rows[index]?.number ?? index,
    overscan: 6,
    // A row with the focus stays drawn: otherwise the focus would fall to the page.
    rangeExtractor: useCallback(
      (range: Range) => {
        const indexes = defaultRangeExtractor(range);
        return focusedIndex < 0 || indexes.includes(focusedIndex)
          ? indexes
          : [...indexes, focusedIndex].sort((one, other) => one - other);
      },
      [focusedIndex],
    ),
  });
  const shown = virtual.getVirtualItems();

  // biome-ignore lint/correctness/useExhaustiveDependencies: the height of all rows has changed
  useEffect(() => virtual.measure(), [rowPx]);
  const isNearEnd = (shown.at(-1)?.index ?? 0) >= rows.length - PREFETCH_BEFORE_END;
  useEffect(() => {
    if (isNearEnd && !isComplete) onNearEnd();
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: only another ticket scrolls to its row
  useEffect(() => {
    const index = indexOf(open);
    if (index >= 0) showRow(index);
  }, [open]);

  /** Scrolls as little as it takes. What the list knows is enough: the page would have to be laid out to be asked. */
  function showRow(index: number) {
    const [top, from, height] = [index * rowPx, virtual.scrollOffset ?? 0, virtual.scrollRect?.height ?? 0];
    const to = Math.min(top, Math.max(from, top + rowPx - height));
    if (scroller.current && to !== from) scroller.current.scrollTop = to;
  }

  function focusAt(index: number) {
    const row = rows[Math.max(0, Math.min(index, rows.length - 1))];
    if (!row) return;
    showRow(rows.indexOf(row));
    setFocused(row.number);
    focusRow(row.number);
  }

  /** Keys that only move the focus; those that open tickets are in keys/. */
  function onKeyDown(event: KeyboardEvent) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const steps: Record<string, number> = { PageDown: 10, PageUp: -10, Home: -rows.length, End: rows.length };
    const step = steps[event.key];
    if (step) focusAt(focusedIndex + step);
    else if (event.key === ' ' && event.target instanceof HTMLAnchorElement) toggleSelected(focused);
    else return;
    event.preventDefault();
  }

  function chooseForMenu(target: EventTarget) {
    const number = numberAt(target);
    const chosen = selection.has(number) ? selection : new Set([number]);
    setMenuFor(rows.filter((row) => chosen.has(row.number)));
  }

  const stop = shown.some(({ index }) => index === focusedIndex)
    ? focusedIndex
    : (shown.find(({ index }) => rows[index]?.number === open) ?? shown[0])?.index;
  return (
    <ContextMenu
      onOpenChange={setMenuOpen}
      trigger={
        <ul
          ref={element}
          style={{ height: virtual.getTotalSize() }}
          aria-label={t`Tickets`}
          data-selecting={selection.size > 0 || undefined}
          onKeyDown={onKeyDown}
          onContextMenuCapture={(event) => chooseForMenu(event.target)}
          onFocus={({ target }) => startTransition(() => setFocused(numberAt(target)))} // the ticket first
        >
          {shown.map(({ index, start, size }) => {
            const ticket = rows[index];
            return (
              ticket && (
                <li
                  key={ticket.number}
                  className={styles.item}
                  style={{ transform: `translateY(${start}px)`, height: size }}
                  aria-setsize={isComplete ? rows.length : -1}
                  aria-posinset={index + 1}
                >
                  <TicketRow
                    ticket={ticket}
                    list={list}
                    ownId={me.staff_id}
                    ownName={me.name}
                    isLeft={ticket.number === left}
                    isSelected={selection.has(ticket.number)}
                    hasMenu={isMenuOpen && menuFor.includes(ticket)}
                    isStop={index === stop}
                    sort={sort}
                  />
                </li>
              )
            );
          })}
        </ul>
      }
    >
      <Actions tickets={menuFor} />
    </ContextMenu>
  );
}

const numberAt = (target: EventTarget) =>
  Number((target as Element).closest('li')?.querySelector('a')?.dataset.number ?? 0); // events come to elements
