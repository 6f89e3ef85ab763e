/** Markdown to HTML, in a chunk of its own. The text is written by strangers: DOMPurify has the last word. */
import DOMPurify from 'dompurify';
import { marked } from 'marked';

marked.use({
  gfm: true,
  breaks: true, // a line break is what the writer saw in the textarea
  async: false,
  tokenizer: {
    html: () => undefined, // tags are shown as they were typed
    tag: () => undefined,
  },
});

const ALLOWED_TAGS = [
  ...['p', 'br', 'hr', 'strong', 'em', 'del', 'code', 'pre', 'blockquote', 'a', 'ul', 'ol', 'li', 'input'],
  ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'table', 'thead', 'tbody', 'tr', 'th', 'td'],
];
const ALLOWED_ATTR = ['href', 'title', 'start', 'align', 'type', 'checked', 'disabled'];

DOMPurify.addHook('afterSanitizeAttributes', (element) => {
  if (element.tagName === 'A') {
    element.setAttribute('rel', 'noopener noreferrer nofollow ugc');
    element.setAttribute('target', '_blank');
  }
  if (element.tagName === 'INPUT' && element.getAttribute('type') !== 'checkbox') element.remove();
  if (element.tagName === 'PRE') element.setAttribute('tabindex', '0'); // scrolled by keyboard
});

const MAX_CACHED = 500;
const cache = new Map<string, TrustedHTML>();

export function renderMarkdown(text: string): TrustedHTML {
  const known = cache.get(text);
  if (known) return known;
  const html = DOMPurify.sanitize(marked.parse(text, { async: false }), {
    ALLOWED_TAGS,
    ALLOWED_ATTR,
    ALLOW_DATA_ATTR: false,
    ALLOWED_URI_REGEXP: /^(?:https?:|mailto:|tel:)/i,
    RETURN_TRUSTED_TYPE: true,
  });
  if (cache.size >= MAX_CACHED) cache.delete(cache.keys().next().value ?? '');
  cache.set(text, html);
  return html;
}
