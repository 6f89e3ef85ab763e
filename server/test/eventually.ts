import { setTimeout as wait } from 'node:timers/promises';

/** Polls until `look` returns something, at most 20 seconds. The last resort where there is nothing to await. */
export async function eventually<T>(
  look: () => Promise<T | undefined | false> | T | undefined | false,
  seconds = 20,
): Promise<T> {
  const until = Date.now() + seconds * 1000;
  // Each pause is longer than the previous one: frequent polling would slow down what it waits for.
  for (let pauseMs = 5; ; pauseMs = Math.min(pauseMs * 1.5, 100)) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
    if (Date.now() > until) throw new Error(`It did not happen within ${seconds} s: ${look}`);
    await wait(pauseMs);
  }
}
