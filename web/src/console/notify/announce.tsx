/** Says something aloud that happens by itself: politely, or at once when it must not be missed. */
import { createStore } from '#shared/store.ts';

interface Said {
  text: string;
  /** The same words twice are two announcements. */
  count: number;
}

const polite = createStore<Said>({ text: '', count: 0 });
const assertive = createStore<Said>({ text: '', count: 0 });

export function announce(text: string, { isUrgent = false } = {}) {
  const region = isUrgent ? assertive : polite;
  region.set({ text, count: region.get().count + 1 });
}

/** One of each for the page. */
export function LiveRegions() {
  const { text, count } = polite.use();
  const urgent = assertive.use();
  return (
    <>
      <div className="visually-hidden" aria-live="polite" data-polite>
        <span key={count}>{text}</span>
      </div>
      <div className="visually-hidden" aria-live="assertive">
        <span key={urgent.count}>{urgent.text}</span>
      </div>
    </>
  );
}
