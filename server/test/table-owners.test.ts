/** Which room writes each table. Every room may read every table. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { droppedTables, ticketTables } from '#desk/tickets/account-rows.ts';
import { readSources } from './sources.ts';

/** The tables of each room. Other rooms change them through its functions, or through SQL that these return. */
const owned: Record<string, string[]> = {
  'desk/bulk': ['bulks', 'bulk_tickets'],
  'desk/canned-responses': ['canned_responses'],
  'desk/delayed-replies': ['delayed_replies'],
  'desk/drafts': ['drafts'],
  'desk/erasure': ['erasures'],
  'desk/files': ['files'],
  'desk/inactivity': ['inactivity_rules', 'reminders'],
  'desk/incidents': ['incidents'],
  'desk/mentions': ['mentions'],
  'desk/notifications': ['notifications'],
  'desk/presence': ['presence'],
  'desk/queue': ['views'],
  'desk/search': ['search_texts'],
  'desk/sla': ['calendars', 'sla_policies', 'sla_alerts'],
  'desk/tags': ['tag_changes'],
  'desk/tickets': ['tickets', 'comments', 'votes', 'account_state'],
  'desk/topics': ['topics', 'statuses'],
  'people/accounts': ['accounts', 'account_search'],
  'people/sso': ['contacts', 'client_sessions', 'sign_in_links', 'used_sso_tokens'],
  'people/sso-keys': ['sso_keys'],
  'people/staff': [
    'staff',
    'credentials',
    'invitations',
    'staff_sessions',
    'staff_devices',
    'sign_in_attempts',
  ],
  'people/tokens': ['tokens'],
  'platform/db': ['migrations'],
  'platform/events': ['events', 'followers', 'set_aside_events'],
  'platform/http': ['idempotency_keys', 'rate_limits'],
};

interface Exception {
  tables: string[];
  reason: string;
}

const rowsOfTickets = Object.keys({ ...ticketTables, ...droppedTables });

/** Files that write tables of other rooms. */
const exceptions: Record<string, Exception> = {
  'desk/tickets/account-rows.ts': {
    tables: without(rowsOfTickets, ['tickets', 'comments', 'votes']),
    reason: 'A ticket that moves to another account takes its rows in all tables with it.',
  },
  'desk/tickets/change-account.ts': {
    tables: ['events'],
    reason: 'The ids of contacts in the history of a moved ticket would name contacts of the other account.',
  },
  'desk/erasure/account.ts': {
    tables: rowsOfTickets,
    reason: 'Erasing an account deletes its tickets with their rows in all tables.',
  },
  'desk/erasure/person.ts': {
    tables: ['tickets', 'comments', 'votes', 'events'],
    reason: 'Erasing a contact removes their texts and names wherever they are.',
  },
  'desk/erasure/moved-away.ts': {
    tables: ['events'],
    reason: 'Events of tickets that left the account keep names of its contacts.',
  },
  'people/accounts/accounts.ts': {
    tables: ['account_state'],
    reason: 'An account begins with a row of counters, which later changes lock.',
  },
  'people/accounts/forget.ts': {
    tables: ['account_state', 'rate_limits'],
    reason: 'It ends with that row and with what it has used of its limits.',
  },
  'platform/db/track-last-use.ts': {
    tables: ['tokens', 'staff_sessions'],
    reason: 'The rooms of both give their table to it, so that both write in the same batches.',
  },
  'desk/set-aside-events/set-aside-events.ts': {
    tables: ['set_aside_events'],
    reason: 'Admins retry and dismiss events; followers add them and try them again.',
  },
};

/** Files with statements on a table that a variable names, and which tables these are. */
const variable: Record<string, string[]> = {
  'desk/tickets/account-rows.ts': rowsOfTickets,
  'desk/erasure/account.ts': rowsOfTickets,
  'platform/db/track-last-use.ts': ['tokens', 'staff_sessions'],
};

interface Write {
  file: string;
  table: string;
}

const product = readSources().filter(({ file }) => !file.endsWith('.test.ts'));
const tables = readTables();
const owners = new Map(Object.entries(owned).flatMap(([room, names]) => names.map((name) => [name, room])));
const writes = product.flatMap(({ file, text }) => writesIn(file, text));

function without(all: string[], some: string[]): string[] {
  return all.filter((one) => !some.includes(one));
}

function readTables(): string[] {
  const folder = join(import.meta.dirname, '..', 'migrations');
  const migrations = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'));
  const created = migrations.join('\n').matchAll(/^create (?:unlogged )?table (\w+)/gm);
  const dropped = migrations.join('\n').matchAll(/^drop table ([\w, ]+);/gm);
  const gone = [...dropped].flatMap(([, names = '']) => names.split(', '));
  return without(
    [...created].flatMap(([, name]) => name ?? []),
    gone,
  ).concat('migrations');
}

function writesIn(file: string, text: string): Write[] {
  const code = text.replaceAll(/^\s*(\/?\*|\/\/).*$/gm, '');
  const statement =
    /\b(?:insert into|update|delete from|merge into|truncate(?: table)?)\s+(?:only\s+)?(\w+|\$\{)/g;
  return [...code.matchAll(statement)].flatMap(([, name = '']) => {
    if (name === '${') return (variable[file] ?? [`a variable in ${file}`]).map((table) => ({ file, table }));
    return tables.includes(name) ? [{ file, table: name }] : [];
  });
}

const roomOf = (file: string) => file.split('/').slice(0, -1).slice(0, 2).join('/');

const isForeign = ({ file, table }: Write) => owners.get(table) !== roomOf(file);

test('each table has one room, which writes it', () => {
  const listed = Object.values(owned).flat();
  assert.deepEqual(listed.toSorted(), tables.toSorted());
  const written = new Set(writes.filter((write) => !isForeign(write)).map(({ table }) => table));
  assert.deepEqual(without(listed, [...written]), []);
});

test('only its room writes a table, but for the exceptions, of which each is needed', () => {
  const foreign = writes.filter(isForeign).map(({ file, table }) => `${file} writes ${table}`);
  const excepted = Object.entries(exceptions).flatMap(([file, { tables: names }]) =>
    names.map((table) => `${file} writes ${table}`),
  );
  assert.deepEqual([...new Set(foreign)].toSorted(), excepted.toSorted());
});

test('nothing is written by a query builder, in which no table would be found', () => {
  const builders = product.filter(({ text }) =>
    /\.(insertInto|updateTable|deleteFrom|mergeInto|replaceInto)\(/.test(text),
  );
  assert.deepEqual(
    builders.map(({ file }) => file),
    [],
  );
});
