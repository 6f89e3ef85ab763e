/** How high a bar at the bottom of the window is: toasts stand above it. */
import { createStore } from '#shared/store.ts';

const height = createStore(0);

export const useBottomBarHeight = height.use;

/** The `ref` of such a bar. */
export function bottomBar(element: HTMLElement | null) {
  if (!element) return;
  const observer = new ResizeObserver(() => height.set(element.offsetHeight));
  observer.observe(element);
  return () => {
    observer.disconnect();
    height.set(0);
  };
}
