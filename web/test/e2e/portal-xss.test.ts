/** Scripts in everything that people write: in the portal none of it runs, and nothing even tries to. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { expect } from '@playwright/test';
import { openDesk } from './desk.ts';
import { give, textFile } from './files.ts';

const desk = await openDesk();
after(() => desk.close());
const SLOW = { timeout: 20_000 };

/** After OWASP's cheat sheet and DOMPurify's tests: each would set `window.hacked`. */
const CORPUS = [
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
const NAME = '<img src=x onerror=window.hacked=1>';

test('45: nothing of the corpus runs from a summary, a body, a file name or a name of a person', async () => {
  const { page, errors } = await desk.client('Jonas Weber');
  const requests: string[] = [];
  page.on('request', (request) => requests.push(request.url()));
  page.on('dialog', () => assert.fail('a dialog was opened'));

  const { account_id } = await accountOf();
  const ticket = await desk.api<{ number: number }>('/staff/tickets', {
    method: 'POST',
    body: JSON.stringify({
      account_id,
      summary: `Summary ${NAME}`,
      comment_body: 'Begin',
      client_aliased_name: `Alias ${NAME}`,
    }),
  });
  for (const body of [...CORPUS, CORPUS.join('\n\n')]) {
    await desk.api(`/staff/tickets/${ticket.number}/comments`, {
      method: 'POST',
      body: JSON.stringify({ body }),
    });
  }
  await page.goto(`${desk.url}/portal/t/${ticket.number}`);
  await expect(page.getByRole('heading', { name: 'Summary <img' })).toBeVisible(SLOW);
  await page.getByText('Alias <img').first().waitFor();

  const composer = page.getByRole('textbox', { name: 'Write a message…' });
  await page
    .locator('input[type=file]')
    .setInputFiles([textFile(`${NAME}.txt`, '<script>window.hacked=1</script>')]);
  await give(composer, 'paste', { html: `<table><tr><td>${NAME}</td><td>b</td></tr></table>`, text: 'x' });
  await expect(composer).toHaveValue(/---/, SLOW);
  await composer.fill(CORPUS.join('\n\n'));
  await page.getByRole('button', { name: 'Send' }).click();
  const message = page.getByRole('article', { name: /^Alias <img/ }).last();
  await message
    .getByRole('button', { name: /onerror.*txt/ })
    .first()
    .click(SLOW);
  await expect(message.getByText('<script>window.hacked=1</script>').first()).toBeVisible(SLOW);

  for (const link of await page.getByRole('region', { name: 'Conversation' }).locator('a').all()) {
    const href = await link.getAttribute('href');
    assert.match(href ?? '#', /^(?:https?:|mailto:|tel:|#|\/portal\/)/, 'no link runs a script');
  }
  assert.equal(
    await page.locator('.markdown :is(img, svg, iframe, form, script, style, object, embed, video)').count(),
    0,
  );
  assert.equal(
    await page.evaluate(() => typeof Object.getOwnPropertyDescriptor(window, 'hacked')),
    'undefined',
  );
  assert.deepEqual(
    requests.filter((url) => !url.startsWith(desk.url) && !url.startsWith('blob:')),
    [],
    'nothing is loaded from elsewhere',
  );
  assert.deepEqual(errors, [], 'no report of the CSP');
});

async function accountOf() {
  const { items } = await desk.api<{ items: { account_id: number; account_name: string }[] }>(
    '/staff/tickets?limit=100',
  );
  const found = items.find(({ account_name }) => account_name === 'Kestrel Robotics GmbH');
  assert.ok(found);
  return found;
}
