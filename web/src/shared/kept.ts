/** What this browser remembers for us. Where it keeps nothing (private windows, a full disk), a value holds for the page. */

export function readKept(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

/** null forgets it. */
export function writeKept(key: string, value: string | null) {
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, value);
  } catch {
    // It is shown all the same.
  }
}
