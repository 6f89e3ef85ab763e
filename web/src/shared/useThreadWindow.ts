/**
 * A long conversation: the last messages are drawn, earlier ones on request, and the view stays at the end until the
 * reader scrolls up. A thousand messages at once would block the page for seconds.
 */
import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';

const FIRST = 40;
const STEP = 60;
const NEAR_END_PX = 48;

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

export function useThreadWindow<Item>(items: Item[]): ThreadWindow<Item> {
  const scroller = useRef<HTMLElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const isAtEnd = useRef(true);
  const heightBefore = useRef<number | null>(null);
  const [size, setSize] = useState(FIRST);
  const [seen, setSeen] = useState(Number.POSITIVE_INFINITY); // how many, when the reader scrolled up
  const length = items.length;

  const scrollToEnd = useCallback(() => {
    const box = scroller.current;
    if (box) box.scrollTop = box.scrollHeight; // never scrollIntoView: it scrolls the page around us, too
  }, []);

  useEffect(() => {
    const box = scroller.current;
    const inside = content.current;
    if (!box || !inside) return;
    const onScroll = () => {
      isAtEnd.current = box.scrollHeight - box.scrollTop - box.clientHeight < NEAR_END_PX;
      if (isAtEnd.current) setSeen(Number.POSITIVE_INFINITY);
    };
    const observer = new ResizeObserver(() => {
      if (isAtEnd.current) scrollToEnd();
    });
    observer.observe(inside);
    observer.observe(box);
    box.addEventListener('scroll', onScroll, { passive: true });
    return () => {
      observer.disconnect();
      box.removeEventListener('scroll', onScroll);
    };
  }, [scrollToEnd]);

  const lengthBefore = useRef(length);
  useEffect(() => {
    const before = lengthBefore.current;
    lengthBefore.current = length;
    if (length > before && !isAtEnd.current) setSeen((known) => Math.min(known, before));
  }, [length]);

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
    newBelow: Math.max(0, length - Math.min(seen, length)),
    scrollToEnd,
  };
}
