/**
 * A long conversation: the last messages are drawn, earlier ones on request, and the view stays at the end until the
 * reader scrolls up. A thousand messages at once would block the page for seconds.
 */
import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';

const FIRST = 40;
const STEP = 60;
const AROUND = 5; // messages above a target
const ABOVE_PX = 14;
const NEAR_END_PX = 48;
const OF_READER = ['wheel', 'touchmove', 'keydown', 'pointerdown'] as const;

/** A message at which the view opens, instead of the end: the first new one, or that of a link. */
export interface ThreadTarget {
  /** The id of its element. */
  id: string;
  index: number;
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
  target: ThreadTarget | null = null,
): ThreadWindow<Item> {
  const scroller = useRef<HTMLElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const isAtEnd = useRef(true);
  const anchor = useRef<string | null>(null); // the view stays there until the reader scrolls
  const heightBefore = useRef<number | null>(null);
  const [size, setSize] = useState(FIRST);
  const [seen, setSeen] = useState(Number.POSITIVE_INFINITY); // the last one, when the reader scrolled up
  const length = items.length;
  const last = items.at(-1)?.id ?? 0; // earlier ones may be added above

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
    };
    const letGo = () => {
      anchor.current = null;
    };
    const observer = new ResizeObserver(() => {
      if (anchor.current) scrollToAnchor();
      else if (isAtEnd.current) scrollToEnd();
    });
    observer.observe(inside);
    observer.observe(box);
    box.addEventListener('scroll', onScroll, { passive: true });
    for (const type of OF_READER) box.addEventListener(type, letGo, { passive: true });
    return () => {
      observer.disconnect();
      for (const type of OF_READER) box.removeEventListener(type, letGo);
      box.removeEventListener('scroll', onScroll);
    };
  }, [scrollToEnd, scrollToAnchor]);

  const targetId = target?.id;
  const targetSize = target ? length - target.index : 0;
  const shownTarget = useRef<string>(undefined);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each target, also when messages come
  useLayoutEffect(() => {
    if (targetId === shownTarget.current) return;
    shownTarget.current = targetId;
    if (!targetId) return;
    anchor.current = targetId;
    isAtEnd.current = false;
    setSize((now) => Math.max(now, targetSize + AROUND));
  }, [targetId]);
  useLayoutEffect(scrollToAnchor);

  const lastBefore = useRef(last);
  useEffect(() => {
    const before = lastBefore.current;
    lastBefore.current = last;
    if (last > before && before > 0 && !isAtEnd.current) setSeen((known) => Math.min(known, before));
  }, [last]);

  // Earlier messages push what is read down: the view follows it.
  useLayoutEffect(() => {
    const box = scroller.current;
    if (heightBefore.current === null || !box) return;
    box.scrollTop += box.scrollHeight - heightBefore.current;
    heightBefore.current = null;
  });

  return {
    scroller,
    content,
    shown: items.slice(-size),
    hidden: Math.max(0, length - size),
    showEarlier() {
      heightBefore.current = scroller.current?.scrollHeight ?? null;
      setSize(size + STEP);
    },
    newBelow: items.filter(({ id }) => id > seen).length,
    scrollToEnd,
  };
}
