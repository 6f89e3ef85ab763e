/** Texts that try to run a script or to load something, and what shows that none of them has. */
import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import type { Visitor } from './desk.ts';

/** After OWASP's cheat sheet and DOMPurify's tests: each would set `window.hacked`. */
export const CORPUS = [
  '<script>window.hacked=1</script>',
  '<img src=x onerror="window.hacked=1">',
  '<svg onload="window.hacked=1"><circle r=9></svg>',
  '<svg><script>window.hacked=1</script></svg>',
  '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=window.hacked=1&gt;">',
  '<form><math><mtext></form><form><mglyph><style></math><img src onerror=window.hacked=1>',
  '<a href="javascript:window.hacked=1">click</a>',
  '<iframe srcdoc="<script>parent.hacked=1</script>"></iframe>',
  '<iframe src="javascript:parent.hacked=1"></iframe>',
  '<object data="javascript:window.hacked=1"></object>',
  '<embed src="javascript:window.hacked=1">',
  '<details open ontoggle="window.hacked=1">x</details>',
  '<input autofocus onfocus="window.hacked=1">',
  '<body onload="window.hacked=1">',
  '<video><source onerror="window.hacked=1"></video>',
  '<style>@import "javascript:window.hacked=1";</style>',
  '<meta http-equiv="refresh" content="0;url=javascript:window.hacked=1">',
  '<base href="https://evil.example/">',
  '<template><img src=x onerror=window.hacked=1></template>',
  '"><img src=x onerror=window.hacked=1>',
  "'-window.hacked=1-'",
  '{{constructor.constructor("window.hacked=1")()}}',
  '[link](javascript:window.hacked=1)',
  '[link](java&#10;script:window.hacked=1)',
  '[link](data:text/html,<script>window.hacked=1</script>)',
  '![image](x" onerror="window.hacked=1)',
  '![image](https://evil.example/pixel.png)',
  '<https://example.com/"onmouseover="window.hacked=1>',
  '[ref]: javascript:window.hacked=1\n\n[ref]',
  '```html\n<script>window.hacked=1</script>\n```',
  '`<img src=x onerror=window.hacked=1>`',
  '| a |\n| - |\n| <img src=x onerror=window.hacked=1> |',
  '<a id=hacked></a><a id=hacked name=x href="cid:window.hacked"></a>',
  '<noscript><p title="</noscript><img src=x onerror=window.hacked=1>"></noscript>',
];
/** For fields of one line. */
export const NAME = '<img src=x onerror=window.hacked=1>';

/** Call it before the page shows any of them. What it returns asserts that the page has stayed as it was written. */
export async function watch({ page, errors }: Visitor, origin: string) {
  const foreign: string[] = [];
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(origin) && !/^(blob|data):/.test(url)) foreign.push(url);
  });
  page.on('dialog', () => assert.fail('a dialog was opened'));
  await page.addInitScript(() =>
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, sample }) =>
      console.error(`CSP: ${violatedDirective} ${sample}`),
    ),
  );

  return async function assertInert() {
    for (const href of await hrefsOf(page))
      assert.match(href, /^(?:https?:|mailto:|tel:|#|\/|blob:)/, 'no link runs a script');
    const inMarkdown = page.locator(
      '.markdown :is(img, svg, iframe, form, script, style, object, embed, video)',
    );
    assert.equal(await inMarkdown.count(), 0);
    const injected = page.locator(
      'body :is([onerror], [onload], [onfocus], iframe, object, embed, base, meta, script:not([src]))',
    );
    assert.equal(await injected.count(), 0);
    assert.equal(await page.evaluate(() => 'hacked' in window), false);
    assert.deepEqual(foreign, [], 'nothing is loaded from elsewhere');
    assert.deepEqual(errors, [], 'no report of the CSP');
  };
}

const hrefsOf = (page: Page) =>
  page.locator('a[href]').evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''));
