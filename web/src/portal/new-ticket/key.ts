/**
 * The Idempotency-Key of a form that is sent: the same at every try, also after a reload, so that a ticket is created
 * once; another one as soon as something is changed. `kept` is what an earlier try has kept in the draft.
 */
export function keyFor(content: string, kept = ''): { id: string; kept: string } {
  const [id = '', hash] = kept.split(' ');
  const now = hashOf(content);
  if (id && hash === now) return { id, kept };
  const fresh = crypto.randomUUID();
  return { id: fresh, kept: `${fresh} ${now}` };
}

/** FNV-1a. It tells two states of one form apart; if it ever fails, the server refuses the key. */
function hashOf(text: string): string {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return (hash >>> 0).toString(36);
}
