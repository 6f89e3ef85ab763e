/** Where the caret of a textarea is: browsers do not tell, so the text before it is measured in a copy. */
const COPIED = [
  'font',
  'letterSpacing',
  'lineHeight',
  'paddingTop',
  'paddingLeft',
  'paddingRight',
  'width',
  'boxSizing',
  'tabSize',
] as const;

/** From the top left corner of the textarea, with what is scrolled away. */
export function positionOf(field: HTMLTextAreaElement, index: number): { left: number; top: number } {
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
  const lines = field.value.slice(0, begin).split('\n').length - 1;
  copy.textContent = field.value.slice(begin, index); // one line of it: the text may be long
  const mark = document.createElement('span');
  mark.textContent = '\u200b';
  copy.append(mark);
  document.body.append(copy);
  const { offsetLeft, offsetTop } = mark;
  copy.remove();
  const isShort = field.scrollHeight <= field.clientHeight + 1;
  const top = isShort ? offsetTop + lines * Number.parseFloat(style.lineHeight) : 0;
  return { left: offsetLeft, top };
}
