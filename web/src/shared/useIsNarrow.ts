import { type RefObject, useLayoutEffect, useState } from 'react';

/** Whether an element is narrower than this, where a text has to be shorter and a style sheet cannot say so. */
export function useIsNarrow(element: RefObject<HTMLElement | null>, width: number): boolean {
  const [isNarrow, setNarrow] = useState(false);
  useLayoutEffect(() => {
    const { current } = element;
    if (!current) return;
    const observer = new ResizeObserver(() => setNarrow(current.clientWidth < width));
    observer.observe(current);
    setNarrow(current.clientWidth < width);
    return () => observer.disconnect();
  }, [element, width]);
  return isNarrow;
}
