/** Where the caret of a textarea is: browsers do not tell, so the text before it is measured in a copy. */
const COPIED = [
  'font',
  'letterSpacing',
  'paddingLeft',
  'paddingRight',
  'width',
  'boxSizing',
  'tabSize',
] as const;

/** In pixels, from the left edge of the textarea. */
export function leftOf(field: HTMLTextAreaElement, index: number): number {
  const copy = document.createElement('div');
  const style = getComputedStyle(field);
  for (const name of COPIED) copy.style[name] = style[name];
  Object.assign(copy.style, {
    position: 'fixed',
    visibility: 'hidden',
    whiteSpace: 'pre-wrap',
    overflowWrap: 'break-word',
  });
  const begin = field.value.lastIndexOf('\n', index - 1) + 1;
  copy.textContent = field.value.slice(begin, index); // one line of it: the text may be long
  const mark = document.createElement('span');
  mark.textContent = '\u200b';
  copy.append(mark);
  document.body.append(copy);
  const { offsetLeft } = mark;
  copy.remove();
  return offsetLeft;
}
