/** The menus, popovers and dialogs of the console that lie over its other screens. */
import { openTicket, row, ticketMenu } from './console-steps.ts';
import { button, go, type Screen, type Stage } from './screen.ts';

const item = ({ page, t }: Stage, name: string) =>
  page.getByRole('menuitem', { name: new RegExp(`^${t(name)}`) }).first();

/** By the keyboard, and its first item has the focus. */
const openSubmenu = (stage: Stage, name: string) => item(stage, name).press('ArrowRight');

async function filterMenu(stage: Stage) {
  await go('/console/search?q=disk&is_closed=false')(stage);
  await button(stage, 'Filter').last().click();
  await stage.page.getByRole('menu').waitFor();
}

async function datesMenu(stage: Stage) {
  await filterMenu(stage);
  await openSubmenu(stage, 'Opened');
  await item(stage, 'Choose days…').waitFor();
}

async function scoreMenu(stage: Stage) {
  await filterMenu(stage);
  await openSubmenu(stage, 'Score');
  await item(stage, 'Choose scores…').waitFor();
}

/** The sidebar, in its drawer where the window is narrow. */
async function sidebar(stage: Stage) {
  const opener = button(stage, 'Lists of tickets');
  if (await opener.isVisible()) await opener.click();
  return stage.page.getByRole('navigation', { name: stage.t('Lists of tickets') });
}

/** A view of one’s own, which anybody may change, with its menu. */
async function viewMenu(stage: Stage) {
  const name = `disk ${Date.now()}`;
  await go('/console/search?q=disk')(stage);
  await button(stage, 'Save as view').click();
  await stage.page.getByRole('dialog').getByRole('textbox').fill(name);
  await stage.page.keyboard.press('Enter');
  await stage.page.getByRole('dialog').waitFor({ state: 'detached' });
  const more = (await sidebar(stage)).locator('li', { hasText: name }).getByRole('button');
  await more.scrollIntoViewIfNeeded();
  await more.dispatchEvent('click'); // it is shown under a pointer
  await stage.page.getByRole('menu').waitFor();
}

const long = 'Certificate of a-very-long-name-of-a-domain.lanternbooks.example was not renewed since Monday';
const notifications = (['replied', 'mentioned', 'assigned'] as const).map((reason, index) => ({
  reason,
  ticket_number: 100_049 + index,
  ticket_summary: index === 0 ? long : 'The site does not open',
  actor_name: ['Maximiliane Oberhuber-Wolkenstein of the Lantern Books Ltd', 'Daniel Reyes', null][index],
  comment_id: null,
  created_at: new Date(Date.now() - 3_600_000 * (index + 1)).toISOString(),
}));

const bell = (items: object[]) => async (stage: Stage) => {
  const json = { items, count: items.length === 0 ? 0 : 100 };
  await stage.page.route('**/staff/notifications', (route) => route.fulfill({ json }));
  await stage.page.reload();
  await stage.page.waitForSelector('[data-ready]');
  await (await sidebar(stage)).locator('footer [aria-haspopup=dialog]').click();
  await stage.page.getByRole('dialog', { name: stage.t('Notifications') }).waitFor();
};

async function bulkMenu(stage: Stage) {
  for (const index of [1, 2]) {
    await row(stage, index).focus();
    await stage.page.keyboard.press('x');
  }
  await stage.page
    .getByRole('toolbar', { name: stage.t('Selected tickets') })
    .getByRole('button', { name: stage.t('More actions') })
    .click();
}

/** Opens a ticket, and types into a reply or a note. */
const write = (key: 'r' | 'n', text: string) => async (stage: Stage) => {
  await openTicket(stage, 4);
  await stage.page.keyboard.press(key);
  await stage.page.keyboard.type(text);
};

export const consolePopups: Screen[] = [
  { name: 'order', open: (stage) => button(stage, 'Order').click() },
  { name: 'filter', open: filterMenu },
  {
    name: 'filter-values',
    async open(stage) {
      await filterMenu(stage);
      await openSubmenu(stage, 'Assignee');
      await stage.page.getByRole('menuitemcheckbox').or(item(stage, 'Nobody')).first().waitFor();
    },
  },
  { name: 'filter-dates', open: datesMenu },
  { name: 'filter-score', open: scoreMenu },
  {
    name: 'filter-scores',
    async open(stage) {
      await scoreMenu(stage);
      await item(stage, 'Choose scores…').click();
    },
  },
  {
    name: 'filter-client',
    async open(stage) {
      await filterMenu(stage);
      await item(stage, 'Client…').click();
      await stage.page.getByRole('option').first().waitFor();
    },
  },
  {
    name: 'filter-help',
    async open(stage) {
      await filterMenu(stage);
      await item(stage, 'What can be typed…').click();
    },
  },
  {
    name: 'filter-days',
    async open(stage) {
      await datesMenu(stage);
      await item(stage, 'Choose days…').click();
    },
  },
  {
    name: 'member-menu',
    open: async (stage) => (await sidebar(stage)).locator('footer [aria-haspopup=menu]').click(),
  },
  {
    name: 'member-busy',
    async open(stage) {
      await stage.page.route('**/staff/me', (route) => route.fulfill({ json: {} })); // the next screens are not busy
      const member = (await sidebar(stage)).locator('footer [aria-haspopup=menu]');
      await member.click();
      await stage.page.getByRole('menuitemradio', { name: stage.t('Busy') }).click();
      await member.click();
      await stage.page.getByRole('menuitemradio', { name: stage.t('Busy'), checked: true }).waitFor();
    },
  },
  { name: 'bell-empty', open: bell([]) },
  { name: 'bell', open: bell(notifications) },
  { name: 'view-menu', open: viewMenu },
  {
    name: 'view-rename',
    async open(stage) {
      await viewMenu(stage);
      await item(stage, 'Rename…').click();
    },
  },
  {
    name: 'row-assign',
    async open(stage) {
      await row(stage, 2).click({ button: 'right' });
      await openSubmenu(stage, 'Assign');
    },
  },
  { name: 'bulk-menu', open: bulkMenu },
  {
    name: 'bulk-reply',
    async open(stage) {
      await bulkMenu(stage);
      await openSubmenu(stage, 'Canned response');
      await stage.page.getByRole('menu').last().getByRole('menuitem').nth(1).click();
    },
  },
  {
    name: 'bulk-refused',
    async open(stage) {
      await stage.page.route('**/staff/bulk', async (route) => {
        const { ticket_numbers: numbers } = route.request().postDataJSON();
        const items = numbers.map((ticket_number: number) => ({ ticket_number, result: 'ticket_closed' }));
        await stage.page.route('**/staff/tickets?*number=*', (list) => list.fulfill({ json: { items: [] } }));
        await stage.page.route('**/staff/counts/queues', async (counted) => {
          const { queues, ...others } = await (await counted.fetch()).json();
          for (const queue of ['waiting_support', 'open']) queues[queue] -= numbers.length;
          await counted.fulfill({ json: { ...others, queues } });
        });
        await route.fulfill({ json: { bulk_id: null, items } });
      });
      await bulkMenu(stage);
      await item(stage, 'Close without a reply').click();
      await stage.page.getByRole('dialog').getByRole('button').first().click();
    },
  },
  { name: 'tags', open: ticketMenu('Tags…') },
  {
    name: 'priority',
    async open(stage) {
      await openTicket(stage);
      const shown = stage.page.locator('dl button').first();
      if (!(await shown.isVisible())) await stage.page.keyboard.press('d');
      await shown.click();
    },
  },
  {
    name: 'send-menu',
    async open(stage) {
      await write('r', 'It works again.')(stage);
      await button(stage, 'Other ways to send').click();
    },
  },
  {
    name: 'emoji',
    async open(stage) {
      await write('r', 'It works again.')(stage);
      await button(stage, 'Emoji').click();
      await stage.page.getByRole('gridcell').first().waitFor();
    },
  },
  {
    name: 'mention-picker',
    async open(stage) {
      await write('n', 'Please look, @')(stage);
      await stage.page.getByRole('option').first().waitFor();
    },
  },
  {
    name: 'preview',
    async open(stage) {
      await write('r', '1. **First**, `df -h`\n2. then `reboot`')(stage);
      await stage.page.keyboard.press('Control+Shift+p');
    },
  },
];
