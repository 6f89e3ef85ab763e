/** Moves the focus to the message before or after; false at the end. */
export function stepMessage(by: 1 | -1): boolean {
  const box = document.querySelector<HTMLElement>('[data-thread]');
  const messages = [...document.querySelectorAll<HTMLElement>('[data-comment] > article')];
  if (!box || messages.length === 0) return false;
  const current = messages.findIndex((message) => message.contains(document.activeElement));
  const next = messages[current < 0 ? messages.length - 1 : current + by];
  if (!next) return false;
  next.focus({ preventScroll: true });
  const [inside, outside] = [next.getBoundingClientRect(), box.getBoundingClientRect()];
  const isSeen = inside.top >= outside.top && inside.bottom <= outside.bottom;
  if (!isSeen) box.scrollTop += inside.top - outside.top - 24;
  return true;
}
