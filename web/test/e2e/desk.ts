/** A running Paneldesk with demo data, and browsers in which its people are signed in. */
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { createDatabase } from '../../../server/test/instance.ts';
import { serve } from '../../../server/test/paneldesk.ts';

export interface Visitor {
  page: Page;
  /** Errors of the page and refusals of its CSP; a test ends with none. */
  errors: string[];
}

export interface Desk {
  url: string;
  /** A request past the faces, with the key of an admin where no other is given. */
  api<Result = unknown>(path: string, options?: RequestInit, key?: string): Promise<Result>;
  /** A request with the key of the control panel. */
  panel<Result = unknown>(path: string, options?: RequestInit): Promise<Result>;
  /** Requests with a key of a client’s account, whose tickets wait for support. */
  account(name: string): Promise<Account>;
  /** A statement in its database, for what no request can do, such as to grow old. */
  query(statement: string): Promise<void>;
  /** A team member of the demo in the console. */
  agent(name: string, options?: BrowserContextOptions): Promise<Visitor>;
  /** A contact of the demo in the portal. */
  client(name: string, options?: BrowserContextOptions): Promise<Visitor>;
  /** Somebody who is not signed in; no page is open. */
  guest(options?: BrowserContextOptions): Promise<Visitor>;
  restart(): Promise<void>;
  close(): Promise<void>;
}

export interface Account {
  open(summary: string, body?: string): Promise<number>;
  comment(number: number, body: string): Promise<void>;
}

export const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';
export const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync'];

/** `more` are settings of the server besides those of every test. */
export async function openDesk(more: Record<string, string> = {}): Promise<Desk> {
  const folder = mkdtempSync(join(tmpdir(), 'paneldesk-e2e-'));
  const limits = {
    LIMIT_TICKETS_PER_MINUTE: '0',
    LIMIT_COMMENTS_PER_MINUTE: '0',
    LIMIT_READS_PER_MINUTE: '0',
    LIMIT_CHANGES_PER_MINUTE: '0',
  };
  const env = { DEMO: 'on', DATA_DIR: folder, DATABASE_URL: await createDatabase(), ...limits, ...more };
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

  async function api<Result>(path: string, options: RequestInit = {}, key = admin): Promise<Result> {
    const headers = { 'X-Token': key, 'Content-Type': 'application/json' };
    const response = await fetch(url + path, { ...options, headers });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as Result; // in the shape of the reference
  }

  const post = (body: unknown) => ({ method: 'POST', body: JSON.stringify(body) });

  return {
    url,
    api,
    panel: (path, options) => api(path, options, credentials.services[0].token),
    async account(name) {
      type Accounts = { items: Array<{ account_id: number }> };
      const { items } = await api<Accounts>(`/staff/accounts?q=${encodeURIComponent(name)}`);
      const path = `/staff/accounts/${items[0]?.account_id}/tokens`;
      const { token } = await api<{ token: string }>(path, post({ name: 'test' }));
      return {
        async open(summary, body = 'It does not work.') {
          const ticket = post({ summary, comment_body: body });
          return (await api<{ number: number }>('/support/tickets', ticket, token)).number;
        },
        async comment(number, body) {
          await api(`/support/tickets/${number}/comments`, post({ body }), token);
        },
      };
    },
    async query(statement) {
      const client = new pg.Client({ connectionString: env.DATABASE_URL });
      await client.connect();
      await client.query(statement).finally(() => client.end());
    },
    agent: (name, options) => visit(name, '**/console/**', options),
    client: (name, options) => visit(name, '**/portal/**', options),
    guest: (options = {}) => openVisitor(browser, options),
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
