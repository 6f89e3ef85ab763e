/** A running Paneldesk with demo data, and browsers in which its people are signed in. */
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { serve } from '../../../server/test/paneldesk.ts';
import { createDatabase } from '../../../server/test/support.ts';

export interface Visitor {
  page: Page;
  /** Errors of the page and refusals of its CSP; a test ends with none. */
  errors: string[];
}

export interface Desk {
  url: string;
  /** A request with the key of an admin, past the faces. */
  api<Result = unknown>(path: string, options?: RequestInit): Promise<Result>;
  /** A team member of the demo in the console. */
  agent(name: string, options?: BrowserContextOptions): Promise<Visitor>;
  /** A contact of the demo in the portal. */
  client(name: string, options?: BrowserContextOptions): Promise<Visitor>;
  restart(): Promise<void>;
  close(): Promise<void>;
}

export const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';
export const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync'];

export async function openDesk(): Promise<Desk> {
  const folder = mkdtempSync(join(tmpdir(), 'paneldesk-e2e-'));
  const env = { DEMO: 'on', DATA_DIR: folder, DATABASE_URL: await createDatabase() };
  let server = await serve({ env });
  const { url } = server;
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
  const credentials = JSON.parse(readFileSync(join(folder, 'demo-credentials.json'), 'utf8'));
  const admin: string = credentials.staff[0].token;

  async function visit(name: string, ready: string, options: BrowserContextOptions = {}) {
    const visitor = await openVisitor(browser, options);
    await visitor.page.goto(url);
    await visitor.page.getByRole('button', { name, exact: false }).first().click();
    await visitor.page.waitForURL(ready);
    await visitor.page.waitForSelector('[data-ready]');
    return visitor;
  }

  return {
    url,
    agent: (name, options) => visit(name, '**/console/**', options),
    client: (name, options) => visit(name, '**/portal/**', options),
    async api<Result>(path: string, options: RequestInit = {}) {
      const headers = { 'X-Token': admin, 'Content-Type': 'application/json' };
      const response = await fetch(url + path, { ...options, headers });
      if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
      return (await response.json()) as Result;
    },
    async restart() {
      await server.stop();
      server = await serve({ env: { ...env, PORT: new URL(url).port } });
    },
    async close() {
      await browser.close();
      await server.stop();
    },
  };
}

async function openVisitor(browser: Browser, options: BrowserContextOptions): Promise<Visitor> {
  const context = await browser.newContext({
    locale: 'en-GB',
    viewport: { width: 1440, height: 900 },
    ...options,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  const errors: string[] = [];
  page.on('pageerror', ({ message }) => errors.push(message));
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
      errors.push(message.text());
  });
  return { page, errors };
}
