/** The screens of the console. */
import { consolePopups } from './console-popups.ts';
import { openTicket, row, ticketKey, ticketMenu } from './console-steps.ts';
import { button, go, newBuild, type Screen, withoutResponse } from './screen.ts';

const settings = (section: string): Screen => ({
  name: `settings-${section}`,
  open: go(`/console/settings/${section}`),
});

export const consoleScreens: Screen[] = [
  { name: 'queue', open: async () => {} },
  { name: 'queue-loading', open: withoutResponse('**/staff/tickets?*') },
  {
    name: 'queue-failed',
    async open(stage) {
      await withoutResponse('**/staff/tickets?*', 'fail')(stage);
      await stage.page.getByRole('alert').first().waitFor({ timeout: 30_000 });
    },
  },
  { name: 'not-loaded', open: withoutResponse('**/staff/me', 'fail') },
  { name: 'compact', open: (stage) => button(stage, 'Compact rows').click() },
  {
    name: 'selected',
    open: (stage) =>
      row(stage, 1)
        .focus()
        .then(() => stage.page.keyboard.press('x')),
  },
  { name: 'row-menu', open: (stage) => row(stage, 2).click({ button: 'right' }) },
  { name: 'drawer', form: 'phone', open: (stage) => button(stage, 'Lists of tickets').click() },
  {
    name: 'empty',
    async open(stage) {
      await stage.page.route('**/staff/tickets?*', (route) => route.fulfill({ json: { items: [] } }));
      await stage.page.route('**/staff/counts/queues', async (route) => {
        const counts = await (await route.fetch()).json();
        await route.fulfill({ json: { ...counts, queues: { ...counts.queues, mentions: 0 } } });
      });
      await stage.page.reload();
      await stage.page.waitForSelector('[data-ready]');
      await go('/console/mentions')(stage);
    },
  },
  { name: 'topic-missing', open: go('/console/topic.nothing') },
  { name: 'view', open: go('/console/view.1') },
  { name: 'view-missing', open: go('/console/view.999') },
  { name: 'search', open: go('/console/search?q=disk&is_closed=false') },
  { name: 'search-new', open: go('/console/search') },
  { name: 'search-empty', open: go('/console/search?q=nothingatall&is_closed=false') },
  {
    name: 'search-filters',
    open: go(
      '/console/search?q=score%3Ahigh&client=polar%20bear&has_files=true&score_to=6&is_closed=false&created_from=2026-11-01',
    ),
  },
  {
    name: 'save-view',
    async open(stage) {
      await go('/console/search?q=disk')(stage);
      await button(stage, 'Save as view').click();
    },
  },
  { name: 'ticket', open: openTicket },
  {
    name: 'ticket-loading',
    async open(stage) {
      await stage.page.route(/\/staff\/tickets\/\d+(\?|$)/, () => new Promise(() => {}));
      await row(stage, 6).click();
    },
  },
  { name: 'ticket-missing', open: go('/console/open/99') },
  { name: 'ticket-menu', open: ticketMenu('') },
  { name: 'details', form: 'phone', open: ticketKey('d') },
  {
    name: 'rating',
    async open(stage) {
      const { page, desk, form } = stage;
      type Rated = { number: number; vote: { comment: string | null } | null };
      const { items } = await desk.api<{ items: Rated[] }>('/staff/tickets?is_closed=true&limit=100');
      const rated = items.find(({ vote }) => vote?.comment);
      await go(`/console/open/${rated?.number}`)(stage);
      await page.locator('#conversation article').first().waitFor();
      if (form === 'phone') await page.keyboard.press('d');
      await page.locator('dl q').scrollIntoViewIfNeeded();
    },
  },
  { name: 'assign', open: ticketKey('a') },
  { name: 'topic', open: ticketKey('t') },
  { name: 'snooze', open: ticketKey('h') },
  { name: 'split', open: ticketKey('s') },
  { name: 'merge', open: ticketMenu('Merge into…') },
  { name: 'move', open: ticketMenu('Move to another account…') },
  { name: 'close', open: ticketMenu('Close without a reply…') },
  {
    name: 'redact',
    async open(stage) {
      await openTicket(stage, 6);
      await stage.page.keyboard.press('n');
      await stage.page.keyboard.type('The password is 12345.');
      await stage.page.keyboard.press('Control+Enter');
      const note = stage.page.locator('[data-comment]', { hasText: 'The password is 12345.' }).last();
      // It is shown under a pointer.
      await note.getByRole('button', { name: stage.t('Remove the text…') }).dispatchEvent('click');
    },
  },
  {
    name: 'note',
    async open(stage) {
      await openTicket(stage, 3);
      await stage.page.keyboard.press('n');
      await stage.page.keyboard.type('NOC: **rack B14**, the optic is swapped at 15:30.');
    },
  },
  { name: 'canned', open: ticketKey('m') },
  {
    name: 'mention',
    async open(stage) {
      await openTicket(stage, 4);
      await stage.page.keyboard.press('r');
      await stage.page.keyboard.type('@Daniel, please look.');
      await stage.page.keyboard.press('Control+Enter');
    },
  },
  {
    name: 'stale',
    async open(stage) {
      const { page, desk } = stage;
      await openTicket(stage, 5);
      const number = new URL(page.url()).pathname.split('/').pop();
      await page.context().setOffline(true);
      await page.keyboard.press('r');
      await page.keyboard.type('It works again.');
      await page.keyboard.press('Control+Enter');
      const { account } = await desk.api<{ account: { name: string } }>(`/staff/tickets/${number}`);
      await (await desk.account(account.name)).comment(Number(number), 'It is worse since this morning.');
      await page.context().setOffline(false);
      await page.getByRole('dialog').waitFor({ timeout: 40_000 });
    },
  },
  {
    name: 'done',
    async open(stage) {
      await ticketKey('u')(stage);
      await button(stage, 'Undo').waitFor();
    },
  },
  {
    name: 'failed',
    async open(stage) {
      const json = { code: 'database_unavailable', status: 503, detail: 'The database does not respond.' };
      await stage.page.route('**/staff/bulk', (route) => route.fulfill({ status: 503, json }));
      await ticketKey('u')(stage);
      await button(stage, 'Retry').waitFor();
    },
  },
  { name: 'palette', open: ({ page }) => page.keyboard.press('Control+k') },
  {
    name: 'palette-found',
    async open({ page }) {
      await page.keyboard.press('Control+k');
      await page.getByRole('combobox').fill('re');
      await page.waitForTimeout(500); // what the server finds
    },
  },
  { name: 'keys', open: ({ page }) => page.keyboard.press('?') },
  ...['look', 'replies', 'keys', 'notifications', 'signing-in', 'sessions'].map(settings),
  {
    name: 'second-factor-setup',
    async open(stage) {
      await go('/console/settings/signing-in')(stage);
      await button(stage, 'Set up the second factor').click();
    },
  },
  {
    name: 'offline',
    async open({ page }) {
      await page.context().setOffline(true);
      await page.locator('[class*=bar][role=status]').waitFor({ timeout: 40_000 });
    },
  },
  { name: 'new-version', open: (stage) => newBuild(stage, '**/console/index.html') },
  {
    name: 'signed-out',
    async open(stage) {
      await stage.page.route('**/staff/tickets/**', (route) => route.fulfill({ status: 401, json: {} }));
      // Not by the mouse: whatever the page asks by itself may open the dialog first.
      await row(stage, 6).evaluate((link: HTMLElement) => link.click());
      await stage.page.locator('dialog[open]').waitFor();
    },
  },
  { name: 'sign-in', guest: '/console', open: async () => {} },
  {
    name: 'second-factor',
    guest: '/console',
    async open({ page }) {
      const json = { code: 'second_factor_required', status: 401, detail: 'The code is missing.' };
      await page.route('**/staff/session', (route) => route.fulfill({ status: 401, json }));
      await page.locator('[name=email]').fill('elena@northbay.example');
      await page.locator('[name=password]').fill('a long secret');
      await page.keyboard.press('Enter');
    },
  },
  { name: 'accept', guest: '/console/accept#secret', open: async () => {} },
  ...consolePopups,
];
