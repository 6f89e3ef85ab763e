/** Which emoji this device can draw: without a font for it, one is an empty box, or falls apart into several. */
import type { Emoji } from './find-emoji.ts';

const SIZE = 24;
/** Nothing will ever be there. */
const NO_CHARACTER = '\u{10ffff}';
const known = new Map<string, boolean>();

/** The first ones that can be seen. */
export function firstDrawn(all: Emoji[], count: number): Emoji[] {
  const look = openLook();
  const drawn: Emoji[] = [];
  for (const each of all) {
    if (drawn.length === count) break;
    const isDrawn = known.get(each.emoji) ?? look?.(each.emoji) ?? true;
    known.set(each.emoji, isDrawn);
    if (isDrawn) drawn.push(each);
  }
  return drawn;
}

/** Undefined where there is no canvas. */
function openLook(): ((emoji: string) => boolean) | undefined {
  const canvas = Object.assign(document.createElement('canvas'), { width: SIZE, height: SIZE });
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) return undefined;
  context.font = `${SIZE / 2}px "Apple Color Emoji", "Segoe UI Emoji", "Noto Color Emoji", sans-serif`;
  context.textBaseline = 'middle';
  const draw = (text: string) => {
    context.clearRect(0, 0, SIZE, SIZE);
    context.fillText(text, 0, SIZE / 2);
    return context.getImageData(0, 0, SIZE, SIZE).data.join();
  };
  const widthOf = (text: string) => context.measureText(text).width;
  const nothing = draw(NO_CHARACTER);
  const most = Math.max(widthOf('\u{1f600}'), SIZE / 2) * 1.5;
  // What joins others has no look of its own.
  const partsOf = (emoji: string) =>
    [...emoji].filter((part) => !/[\u200d\ufe0f\u20e3\u{e0020}-\u{e007f}]/u.test(part));
  return (emoji) => widthOf(emoji) <= most && partsOf(emoji).every((part) => draw(part) !== nothing);
}
