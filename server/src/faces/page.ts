/** HTML pages that the server makes itself. Their style and script are inside, allowed by their hashes. */
import { hash } from 'node:crypto';
import type { FastifyReply } from 'fastify';
import { vary } from '#platform/http/cors.ts';
import { pageHeaders } from '#platform/http/page-headers.ts';
import type { Locale } from '#platform/locales.ts';

/** A piece of HTML. Only `html` makes it. */
class Html {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

type Part = string | Html | readonly Html[];

/** HTML whose inserted strings are text. */
export function html(strings: TemplateStringsArray, ...parts: Part[]): Html {
  const texts = parts.map((part) =>
    typeof part === 'string'
      ? escaped(part)
      : [part]
          .flat()
          .map(({ text }) => text)
          .join(''),
  );
  return new Html(String.raw({ raw: strings }, ...texts));
}

const escapes: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escaped = (text: string) => text.replace(/[&<>"']/g, (character) => escapes[character] ?? '');

interface Page {
  locale: Locale;
  title: string;
  main: Html;
  script?: string;
  /** The sources whose pages may show this one in a frame. */
  framedBy?: string;
}

/** Sends the page in the language of `Accept-Language`. */
export function sendPage(reply: FastifyReply, { locale, title, main, script = '', framedBy }: Page) {
  const policy = {
    'default-src': "'none'",
    'style-src': sourceOf(style),
    'script-src': script === '' ? "'none'" : sourceOf(script),
    'connect-src': "'self'",
    'img-src': 'data:',
    'form-action': "'self'",
    'require-trusted-types-for': "'script'",
  };
  const document = html`<!doctype html>
<html lang="${locale}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="data:,">
<title>${title}</title>
<style>${new Html(style)}</style>
<main>${main}</main>
${script === '' ? '' : html`<script>${new Html(script)}</script>`}
</html>
`;
  vary(reply, 'accept-language');
  return reply
    .headers(pageHeaders(policy, framedBy))
    .header('referrer-policy', 'same-origin') // without a referrer a browser also hides the origin of its forms
    .type('text/html; charset=utf-8')
    .send(document.text);
}

const sourceOf = (text: string) => `'sha256-${hash('sha256', text, 'base64')}'`;

/** The look of the faces, of which these pages need little. */
const style = `
:root {
  color-scheme: light dark;
  --bg: light-dark(oklch(.972 .003 265), oklch(.175 .012 268));
  --surface: light-dark(oklch(1 0 0), oklch(.205 .013 268));
  --raised: light-dark(oklch(1 0 0), oklch(.245 .014 268));
  --hover: light-dark(oklch(.28 .03 268 / .05), oklch(.9 .02 268 / .06));
  --line: light-dark(oklch(.912 .005 265), oklch(.285 .013 268));
  --line-2: light-dark(oklch(.85 .008 265), oklch(.36 .015 268));
  --text: light-dark(oklch(.235 .018 268), oklch(.938 .006 268));
  --text-2: light-dark(oklch(.41 .018 268), oklch(.785 .012 268));
  --text-3: light-dark(oklch(.515 .017 268), oklch(.675 .014 268));
  --accent-text: light-dark(oklch(.445 .17 272), oklch(.79 .11 272));
}
* { box-sizing: border-box; margin: 0 }
body {
  font: .875rem/1.5 "Inter Variable", Inter, system-ui, -apple-system, "Segoe UI", Roboto, sans-serif;
  color: var(--text); background: var(--bg); -webkit-text-size-adjust: 100%;
}
main { max-width: 720px; margin: 0 auto; padding: clamp(24px, 9vh, 96px) 20px 48px }
h1 { font-size: 1.625rem; line-height: 1.25; letter-spacing: -.02em; font-weight: 640 }
h2 { font-size: 1rem; font-weight: 600; margin: 32px 0 4px }
h3 { font-size: .8125rem; font-weight: 600; color: var(--text-2); margin: 16px 0 6px }
p { color: var(--text-2); margin-top: 6px; max-width: 62ch }
a { color: var(--accent-text) }
code { font: .8125rem ui-monospace, "SF Mono", Menlo, Consolas, monospace }
ul { list-style: none; padding: 0; border: 1px solid var(--line); border-radius: 12px; background: var(--surface); overflow: hidden; margin-top: 12px }
li { display: flex; flex-wrap: wrap; align-items: center; gap: 4px 12px; padding: 10px 16px; border-top: 1px solid var(--line) }
li:first-child { border-top: 0 }
li > :first-child { flex: 1 1 240px; min-width: 0; overflow-wrap: anywhere }
small { display: block; font-size: .75rem; color: var(--text-3) }
.ways a { display: block; flex: 1; margin: -10px -16px; padding: 12px 16px; color: inherit; text-decoration: none }
.ways a:hover { background: var(--hover) }
.ways b { color: var(--accent-text) }
b { font-weight: 600 }
button {
  font: inherit; font-size: .8125rem; font-weight: 550; color: inherit; min-height: 32px; padding: 0 12px; cursor: pointer;
  border: 1px solid var(--line-2); border-radius: 8px; background: var(--raised);
}
button:hover { background: color-mix(in oklab, var(--raised), var(--text) 4%) }
section button { margin-top: 14px }
:focus-visible { outline: 2px solid var(--accent-text); outline-offset: 2px; border-radius: 8px }
.ways a:focus-visible { outline-offset: -3px }
@media (pointer: coarse) { button { min-height: 44px } }
`;
