/**
 * A long conversation: the last messages are drawn, earlier ones when the reader gets to the top, and the view stays at
 * the end until the reader scrolls up. A thousand messages at once would block the page for seconds.
 */
import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useHeldPosition } from './useHeldPosition.ts';

const FIRST = 40;
const STEP = 60;
const AROUND = 5; // messages above a target
const ABOVE_PX = 14;
const NEAR_END_PX = 48;
const NEAR_TOP_PX = 96;
const OF_READER = ['wheel', 'touchmove', 'keydown', 'pointerdown'] as const;

/** A message at which the view opens, instead of the end: the first new one, or that of a link. */
export interface ThreadTarget {
  /** The id of its element. */
  id: string;
  index: number;
  /** Not worth drawing more than the last messages for. */
  isNearOnly?: boolean;
}

interface ThreadOptions {
  target: ThreadTarget | null;
  /** How many messages are on their way: one more is seen, however far up the reader was. */
  sending: number;
  /** Reads what is before the first message; without it there is nothing. */
  loadEarlier?: (() => Promise<void>) | undefined;
}

interface Message {
  /** Grows with time. */
  id: number;
}

const isNearEnd = (box: HTMLElement) => box.scrollHeight - box.scrollTop - box.clientHeight < NEAR_END_PX;

interface ThreadWindow<Item> {
  scroller: RefObject<HTMLElement | null>;
  /** Stands inside the scroller, around all messages. */
  content: RefObject<HTMLDivElement | null>;
  shown: Item[];
  /** How many earlier ones are known and not drawn. */
  hidden: number;
  showEarlier(): void;
  /** How many have come below while the reader was further up. */
  newBelow: number;
  scrollToEnd(): void;
}

export function useThreadWindow<Item extends Message>(
  items: Item[],
  { target, sending, loadEarlier }: ThreadOptions,
): ThreadWindow<Item> {
  const scroller = useRef<HTMLElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const isAtEnd = useRef(true);
  const anchor = useRef<string | null>(null); // the view stays there until the reader scrolls
  const [earlier, setEarlier] = useState(FIRST - 1); // messages before the one that was the last at first
  const [seen, setSeen] = useState(Number.POSITIVE_INFINITY); // the last one, when the reader scrolled up
  const last = items.at(-1)?.id ?? 0; // earlier ones may be added above
  const lastAtFirst = useRef(0);
  lastAtFirst.current ||= last;
  const middle = items.findLastIndex(({ id }) => id <= lastAtFirst.current);
  const hidden = Math.max(0, middle - earlier);
  useHeldPosition(scroller, content, items[hidden]?.id ?? 0);

  const isLoading = useRef(false);
  async function showEarlier() {
    if (isLoading.current || (hidden === 0 && !loadEarlier)) return;
    setEarlier(middle - hidden + STEP);
    if (hidden > 0) return;
    isLoading.current = true;
    await loadEarlier?.().finally(() => {
      isLoading.current = false;
    });
  }
  const show = useRef(showEarlier);
  show.current = showEarlier;

  const scrollToEnd = useCallback(() => {
    anchor.current = null;
    const box = scroller.current;
    if (box) box.scrollTop = box.scrollHeight; // never scrollIntoView: it scrolls the page around us, too
  }, []);

  const scrollToAnchor = useCallback(() => {
    const box = scroller.current;
    const element = anchor.current && content.current?.querySelector(`#${CSS.escape(anchor.current)}`);
    if (!box || !element) return;
    box.scrollTop += element.getBoundingClientRect().top - box.getBoundingClientRect().top - ABOVE_PX;
    isAtEnd.current = isNearEnd(box);
  }, []);

  useEffect(() => {
    const box = scroller.current;
    const inside = content.current;
    if (!box || !inside) return;
    let { scrollTop: top, scrollHeight: height } = box;
    const onScroll = () => {
      // Only a reader who goes up leaves the end: content that has grown since we scrolled there does not, nor does
      // content that has become shorter and taken the view up with it.
      const isGoingUp = box.scrollTop < top && box.scrollHeight === height;
      if (isNearEnd(box) || isGoingUp) isAtEnd.current = isNearEnd(box);
      ({ scrollTop: top, scrollHeight: height } = box);
      if (isAtEnd.current) setSeen(Number.POSITIVE_INFINITY);
      if (isGoingUp && top < NEAR_TOP_PX && !anchor.current) void show.current();
    };
    const onReader = (event: Event) => {
      anchor.current = null;
      // Where there is nothing to scroll, or no more.
      if (event instanceof WheelEvent && event.deltaY < 0 && box.scrollTop <= 0) void show.current();
    };
    const observer = new ResizeObserver(() => {
      if (anchor.current) scrollToAnchor();
      else if (isAtEnd.current) scrollToEnd();
    });
    observer.observe(inside);
    observer.observe(box);
    box.addEventListener('scroll', onScroll, { passive: true });
    for (const type of OF_READER) box.addEventListener(type, onReader, { passive: true });
    return () => {
      observer.disconnect();
      for (const type of OF_READER) box.removeEventListener(type, onReader);
      box.removeEventListener('scroll', onScroll);
    };
  }, [scrollToEnd, scrollToAnchor]);

  const targetId = target?.id;
  const shownTarget = useRef<string>(undefined);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each target, also when messages come
  useLayoutEffect(() => {
    if (targetId === shownTarget.current) return;
    shownTarget.current = targetId;
    if (!target || (target.isNearOnly && target.index < hidden)) return;
    anchor.current = target.id;
    isAtEnd.current = false;
    setEarlier((now) => Math.max(now, middle - target.index + AROUND));
  }, [targetId]);
  useLayoutEffect(scrollToAnchor);

  const lastBefore = useRef(last);
  useEffect(() => {
    const before = lastBefore.current;
    lastBefore.current = last;
    if (last > before && before > 0 && !isAtEnd.current) setSeen((known) => Math.min(known, before));
  }, [last]);

  const sendingBefore = useRef(sending);
  useEffect(() => {
    if (sending > sendingBefore.current) scrollToEnd();
    sendingBefore.current = sending;
  }, [sending, scrollToEnd]);

  return {
    scroller,
    content,
    shown: items.slice(hidden),
    hidden,
    showEarlier: () => void show.current(),
    newBelow: items.filter(({ id }) => id > seen).length,
    scrollToEnd,
  };
}
