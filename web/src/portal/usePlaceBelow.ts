import { type RefObject, useEffect, useRef } from 'react';

const GAP_PX = 4;

/** Keeps a popover below its button, at its right edge: a popover lies over the page, and does not know where. */
export function usePlaceBelow(popover: RefObject<HTMLElement | null>) {
  const button = useRef<HTMLElement | null>(null);

  function place() {
    if (!popover.current || !button.current) return;
    const { bottom, right } = button.current.getBoundingClientRect();
    popover.current.style.setProperty('--top', `${bottom + GAP_PX}px`);
    popover.current.style.setProperty('--right', `${document.documentElement.clientWidth - right}px`);
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: it reads refs only
  useEffect(() => {
    addEventListener('resize', place);
    return () => removeEventListener('resize', place);
  }, []);

  return (opener: HTMLElement) => {
    button.current = opener;
    place();
  };
}
