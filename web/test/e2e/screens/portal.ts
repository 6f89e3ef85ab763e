/** The screens of the portal. */
import { join } from 'node:path';
import { button, go, newBuild, type Screen, type Stage, withoutResponse } from './screen.ts';

const graph = join(import.meta.dirname, '../../../../server/demo/files', 'en', 'vps-ams-2663-cpu-24h.png');

const incident = {
  incident_id: 1,
  title: { en: 'Packet loss in Frankfurt', ru: 'Потери пакетов во Франкфурте' },
  text: {
    en: 'Servers in FRA-2 lose up to 5 % of their packets. A switch is being replaced, which takes about an hour.',
    ru: 'Серверы в FRA-2 теряют до 5 % пакетов. Меняем коммутатор, это займёт около часа.',
  },
  link: 'https://status.host.example/318',
  topic_keys: ['servers', 'network'],
  created_at: new Date().toISOString(),
  updated_at: new Date().toISOString(),
  ended_at: null,
};

const rowOf = ({ page }: Stage, text: string | RegExp) =>
  page.locator('[data-row]', { hasText: text }).first();

async function openTicket(stage: Stage, text: string | RegExp = /./) {
  await rowOf(stage, text).click();
  await stage.page.locator('article article').first().waitFor();
}

/** Opens a ticket, and chooses from its menu. */
const ticketMenu = (item: string) => async (stage: Stage) => {
  await openTicket(stage);
  await button(stage, 'More actions').click();
  if (item) await stage.page.getByRole('menuitem', { name: stage.t(item) }).click();
};

const search = async (stage: Stage, text: string) => stage.page.getByRole('searchbox').fill(text);

export const portalScreens: Screen[] = [
  { name: 'list', open: async () => {} },
  { name: 'list-closed', open: ({ page }) => page.locator('fieldset button').nth(1).click() },
  { name: 'list-loading', open: withoutResponse('**/support/tickets?*') },
  {
    name: 'list-failed',
    async open(stage) {
      await withoutResponse('**/support/tickets?*', 'fail')(stage);
      await stage.page.getByRole('alert').first().waitFor({ timeout: 30_000 });
    },
  },
  {
    name: 'list-empty',
    async open({ page }) {
      const json = { items: [], item_count: 0, after: null };
      await page.route('**/support/tickets?*', (route) => route.fulfill({ json }));
      await page.reload();
    },
  },
  { name: 'nothing-found', open: (stage) => search(stage, 'nothingatall') },
  { name: 'settings', open: (stage) => button(stage, 'Settings').click() },
  { name: 'new', open: go('/portal/new') },
  {
    name: 'new-incident',
    async open(stage) {
      const items = [incident];
      await stage.page.route('**/support/incidents', (route) => route.fulfill({ json: { items } }));
      await go('/portal/new')(stage);
      await stage.page.getByRole('status').getByRole('heading').waitFor();
    },
  },
  {
    name: 'new-errors',
    async open(stage) {
      await go('/portal/new')(stage);
      await button(stage, 'Create ticket').click();
    },
    isPlaced: true,
  },
  { name: 'ticket', open: openTicket },
  { name: 'ticket-missing', open: go('/portal/t/99') },
  { name: 'menu', open: ticketMenu('') },
  { name: 'people', open: ticketMenu('Copies to…') },
  { name: 'close', open: ticketMenu('Close ticket…') },
  {
    name: 'sent',
    async open(stage) {
      await openTicket(stage, stage.t('We are on it'));
      await stage.page.getByRole('textbox').last().fill('Thank you!');
      await button(stage, 'Send').click();
    },
  },
  {
    name: 'redact',
    async open(stage) {
      await openTicket(stage, stage.t('We are on it'));
      await stage.page.getByRole('textbox').last().fill('My password is 12345.');
      await button(stage, 'Send').click();
      await button(stage, 'Remove').last().click();
    },
  },
  {
    name: 'lightbox',
    async open(stage) {
      await openTicket(stage, stage.t('We are on it'));
      await stage.page.getByRole('textbox').last().fill('The graph:');
      await stage.page.locator('input[type=file]').setInputFiles(graph);
      await button(stage, 'Send').click();
      await stage.page.locator('article article button:has(img)').first().click();
    },
  },
  { name: 'solved', open: (stage) => openTicket(stage, stage.t('Solved')) },
  {
    name: 'closed',
    async open(stage) {
      await stage.page.locator('fieldset button').nth(1).click();
      await openTicket(stage, /^(?!.*(?:PTR|URGENT|СРОЧНО))/);
    },
  },
  {
    name: 'merged',
    async open(stage) {
      await stage.page.locator('fieldset button').nth(1).click();
      await openTicket(stage, 'PTR 185.76.12.41');
    },
  },
  {
    name: 'ended',
    async open(stage) {
      await stage.page.route('**/support/tickets/**', (route) => route.fulfill({ status: 401, json: {} }));
      await rowOf(stage, /./).click();
    },
  },
  {
    name: 'offline',
    async open({ page }) {
      await page.context().setOffline(true);
      await page.locator('[class*=bar][role=status]').waitFor();
    },
  },
  { name: 'new-version', open: (stage) => newBuild(stage, '**/portal/') },
  { name: 'signed-out', guest: '/portal', open: async () => {} },
];
