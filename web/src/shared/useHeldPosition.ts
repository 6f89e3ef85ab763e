import { type RefObject, useLayoutEffect, useRef } from 'react';

interface Held {
  element: Element;
  top: number;
}

/** Earlier messages push down what is read: the view follows it. `first` is the id of the first message that is drawn. */
export function useHeldPosition(
  scroller: RefObject<HTMLElement | null>,
  content: RefObject<HTMLElement | null>,
  first: number,
) {
  const drawn = useRef(first);
  const held = useRef<Held | null>(null);
  // Still as it was drawn before: only now it is known where things stand.
  if (first < drawn.current) held.current = topmost(scroller.current, content.current);
  drawn.current = first;

  useLayoutEffect(() => {
    const [box, before] = [scroller.current, held.current];
    held.current = null;
    if (box && before) box.scrollTop += before.element.getBoundingClientRect().top - before.top;
  });
}

/** The first message that is in view. */
function topmost(box: HTMLElement | null, content: HTMLElement | null): Held | null {
  if (!box || !content) return null;
  const edge = box.getBoundingClientRect().top;
  for (const element of content.querySelectorAll('li[id]')) {
    const { top, bottom } = element.getBoundingClientRect();
    if (bottom > edge) return { element, top };
  }
  return null;
}
