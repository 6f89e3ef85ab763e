/** Notices that the server has another build of the console than the one that runs here. */
import { createStore } from '#shared/store.ts';

const CHECK_MS = 10 * 60_000;
const IDLE_MS = 5 * 60_000;

const isNewer = createStore(false);
export const useIsNewer = isNewer.use;

let lastUse = Date.now();

/** The name of the first script has a hash of the build. */
const ownScript = () => document.querySelector<HTMLScriptElement>('script[type=module]')?.getAttribute('src');

async function check() {
  const script = ownScript();
  if (!script || isNewer.get() || document.hidden) return;
  const page = await fetch('/console/index.html', { cache: 'no-cache' }).catch(() => null);
  if (page?.ok && !(await page.text()).includes(script)) isNewer.set(true);
}

/** Looks now and then; returns what ends it. `mayReload` says whether nothing of the user would be disturbed. */
export function watchVersion(mayReload: () => boolean) {
  const onUse = () => {
    lastUse = Date.now();
  };
  const onVisible = () => void check();
  const onMissing = (event: Event) => {
    event.preventDefault(); // a part of the old build is gone; the bar says what to do
    isNewer.set(true);
  };
  const checking = setInterval(() => void check(), CHECK_MS);
  const reloading = setInterval(() => {
    const isIdle = document.hidden || Date.now() - lastUse > IDLE_MS;
    if (isNewer.get() && isIdle && mayReload()) location.reload();
  }, 30_000);
  const uses = ['pointerdown', 'keydown', 'wheel'] as const;
  for (const use of uses) window.addEventListener(use, onUse, { passive: true });
  document.addEventListener('visibilitychange', onVisible);
  window.addEventListener('online', onVisible);
  window.addEventListener('vite:preloadError', onMissing);
  return () => {
    clearInterval(checking);
    clearInterval(reloading);
    for (const use of uses) window.removeEventListener(use, onUse);
    document.removeEventListener('visibilitychange', onVisible);
    window.removeEventListener('online', onVisible);
    window.removeEventListener('vite:preloadError', onMissing);
  };
}
