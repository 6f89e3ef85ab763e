/** What the server refuses is said in words of the catalogs: for every code that a face can meet, in its language. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { readWeb, WEB } from './sources.ts';

const root = join(WEB, '..');

/** Codes that no page meets: of programs, and of operations that have no page yet. A page for one takes it from here. */
const unseen = `
  malformed_json malformed_request invalid_cursor invalid_idempotency_key invalid_if_match method_not_allowed
  headers_too_large unsupported_media_type unsupported_encoding malformed_form range_not_satisfiable page_not_found
  insufficient_scope secret_shown_once author_disabled author_key_ended
  unknown_project project_required external_id_taken invalid_external_id account_exists
  invalid_report
  topic_exists topic_not_found status_not_found tag_not_found tag_unchanged
  shortcut_exists canned_response_in_use too_many_canned_responses unknown_placeholder unknown_canned_response
  calendar_not_found calendar_in_use unknown_time_zone invalid_hours unknown_calendar sla_policy_not_found
  sla_policy_exists inactivity_rule_not_found inactivity_rule_exists invalid_inactivity_rule
  token_not_found invalid_token_owner invalid_token_limits sso_key_not_found sso_key_exists invalid_sso_key
  staff_member_not_found staff_exists staff_disabled last_admin
  incident_not_found too_many_incidents invalid_link
  person_not_found erasure_not_found erasure_in_progress set_aside_event_not_found
`.match(/\w+/g);

/** The codes of the section "Errors" of docs/api.md; a test of the server compares it with the sources. */
function documentedCodes(): string[] {
  const text = readFileSync(join(root, 'docs/api.md'), 'utf8');
  const rows = text.replace('`request_id`', '').match(/^\| [\d, ]+ \| `.*$/gm) ?? [];
  return rows.flatMap((row) => row.match(/`[a-z_]+`/g) ?? []).map((code) => code.slice(1, -1));
}

/** The entries of a table of words: what stands before `: msg`. */
const namesIn = (text: string) => [...text.matchAll(/^ {2}(\w+): msg`/gm)].map(([, name = '']) => name);

const sources = readWeb('**/*.{ts,tsx}');
const [commonRefusals = '', commonFields = ''] = tablesOf('shared/refusals/common.ts');
const [ownRefusals = '', ownFields = ''] = tablesOf('console/refusals.ts');

function tablesOf(path: string): string[] {
  return (sources.get(path) ?? '').split(/\b(?:fieldWords|fields): RefusalWords/);
}

test('each code of the server has words, or is none that a page meets', () => {
  const codes = new Set(documentedCodes());
  assert.ok(codes.size > 100, 'the codes are read');
  const words = new Set([...namesIn(commonRefusals), ...namesIn(ownRefusals)]);
  const known = new Set([...words, ...(unseen ?? [])]);
  assert.deepEqual(
    [...codes].filter((code) => !known.has(code)),
    [],
    'have no words in refusals/common.ts or console/refusals.ts',
  );
  assert.deepEqual(
    [...known].filter((code) => !codes.has(code) && code !== 'network'),
    [],
    'are no codes of the server',
  );
  assert.deepEqual(
    (unseen ?? []).filter((code) => words.has(code)),
    [],
    'have words: they are seen',
  );
});

test('what is said of a field names the limits of the reference', () => {
  const document = readFileSync(join(root, 'docs/openapi.json'), 'utf8');
  const limits = limitsOf(JSON.parse(document));
  for (const [, name = '', words = ''] of `${commonFields}${ownFields}`.matchAll(
    /^ {2}(\w+): msg`([^`]+)`/gm,
  )) {
    const found = limits.get(name);
    assert.ok(found, `${name} is a field of a request`);
    for (const number of words.match(/\d[\d,]*/g) ?? [])
      assert.ok(found.has(Number(number.replaceAll(',', ''))), `${name}: ${number} is none of ${[...found]}`);
  }
});

test('no page shows what the server says to programs', () => {
  const wrong = [...sources].filter(
    ([path, text]) =>
      !path.endsWith('.test.ts') &&
      /(?:problem\??|error|failure|failed|refusal)\.(?:detail|title|message)\b/.test(text),
  );
  assert.deepEqual(
    wrong.map(([path]) => path),
    [],
  );
});

/** The lengths and counts of every field of a request body, by its name. */
function limitsOf(document: { paths: object; components: { schemas: Record<string, unknown> } }) {
  const limits = new Map<string, Set<number>>();
  const visit = (node: unknown, inBody: boolean) => {
    if (typeof node !== 'object' || node === null) return;
    for (const [key, value] of Object.entries(node)) {
      if (key === '$ref' && inBody)
        visit(document.components.schemas[String(value).split('/').at(-1) ?? ''], true);
      if (key === 'properties' && inBody)
        for (const [name, field] of Object.entries<Record<string, unknown>>(value)) {
          const numbers = JSON.stringify(field).matchAll(/"(?:min|max)(?:Length|Items)":(\d+)/g);
          const known = limits.get(name) ?? new Set();
          limits.set(name, new Set([...known, ...[...numbers].map(([, number]) => Number(number))]));
        }
      visit(value, inBody || key === 'requestBody');
    }
  };
  visit(document.paths, false);
  return limits;
}
