/**
 * A message is one element of the page from the moment it is sent. What it is called changes: the UUID of its outbox, a
 * delayed reply, a comment. Its key does not, so nothing is drawn anew or jumps when the server answers.
 */
const keys = new Map<string, string>();

export const commentName = (id: number) => `comment.${id}`;
export const delayedName = (id: number) => `delayed.${id}`;

export const keyOf = (name: string): string => keys.get(name) ?? name;

/** What was called `before` is called `name` from now on. */
export function rename(before: string, name: string) {
  const key = keyOf(before);
  // What was taken for it by its words was another message.
  for (const other of namesOf(key, name)) keys.delete(other);
  keys.set(name, key);
}

/** What was called `before` begins anew as `name`: whatever it has become is over. */
export function restart(before: string, name: string) {
  const key = keyOf(before);
  for (const [other, known] of keys) if (known === key) keys.delete(other);
  keys.set(name, key);
}

/**
 * An event may come before the response, and in another tab it comes alone. `candidates` are messages with the same
 * words, oldest first: the first one that has not become anything else is this one.
 */
export function recognise(name: string, candidates: string[]) {
  if (keys.has(name)) return;
  const before = candidates.find((candidate) => namesOf(keyOf(candidate), name).length === 0);
  if (before) keys.set(name, keyOf(before));
}

/** The names with this key that are of the same kind as another name. */
function namesOf(key: string, like: string): string[] {
  const kind = kindOf(like);
  return [...keys].filter(([name, known]) => known === key && kindOf(name) === kind).map(([name]) => name);
}

const kindOf = (name: string) => name.split('.')[0];
