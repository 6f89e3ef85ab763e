/** Whether the server has a newer build of this page. The page asks when it connects and when it is looked at again. */
import { createStore } from './store.ts';

const hasNew = createStore(false);
export const useHasNewBuild = hasNew.use;
export const hasNewBuild = hasNew.get;

/** The entry script of this page. Its name has a hash that changes with every file of the build. */
const entry = () =>
  document.querySelector<HTMLScriptElement>('script[type="module"][src]')?.getAttribute('src');

/** `index` is the path of the page’s index. */
export async function checkBuild(index: string) {
  const own = entry();
  if (!own || hasNew.get()) return;
  try {
    const response = await fetch(index, { cache: 'no-cache' });
    if (response.ok && !(await response.text()).includes(own)) hasNew.set(true);
  } catch {} // no connection: asked again at the next one
}

const RELOADED = 'paneldesk.reloaded';
const RELOAD_AGAIN_MS = 60_000;

/**
 * Follows the build for as long as the page is open. It reloads by itself while nobody looks at it, or when a part of it
 * is gone, and only when `isSafe` says that nothing would be lost.
 */
export function followBuild(index: string, isSafe: () => boolean) {
  const ask = async () => {
    if (document.visibilityState === 'visible') await checkBuild(index);
    else if (hasNew.get()) reloadIfSafe();
  };
  function reloadIfSafe() {
    const last = Number(sessionStorage.getItem(RELOADED));
    if (!isSafe() || Date.now() - last < RELOAD_AGAIN_MS) return;
    sessionStorage.setItem(RELOADED, String(Date.now()));
    location.reload();
  }
  // A part is lost without a connection, too: a page that reloads then is gone.
  const onLost = async () => {
    await checkBuild(index);
    if (hasNew.get()) reloadIfSafe();
  };
  // Of `npm run dev` alone: a production build is made in another mode, which leaves this out.
  const timer = import.meta.env.MODE === 'development' ? setInterval(follow, 1000) : undefined;
  async function follow() {
    await checkBuild(index);
    if (!hasNew.get()) return;
    clearInterval(timer);
    console.info('The build is new: the page reloads.');
    setTimeout(() => location.reload(), 300); // its last files are being written
  }
  document.addEventListener('visibilitychange', ask);
  window.addEventListener('vite:preloadError', onLost);
  return () => {
    clearInterval(timer);
    document.removeEventListener('visibilitychange', ask);
    window.removeEventListener('vite:preloadError', onLost);
  };
}
