import assert from 'node:assert/strict';
import type { App } from '#platform/http/app.ts';
import { statusesOf } from '#platform/http/openapi-operation.ts';

/** For a body sent to an operation without one: described once for all operations, in the reference's introduction. */
const unasked = [413, 415];

/** The reference must list every status that a test meets. */
export function assertDocumented(app: App, method: string, url: string, status: number) {
  const path = url.split('?', 1)[0] ?? '';
  const routes = app.knownRoutes.filter((route) => route.method === method && route.pattern.test(path));
  const operations = routes.filter(({ options }) => options.schema?.operationId);
  if (operations.length === 0) return;
  const documented = [...unasked, ...operations.flatMap(({ options }) => statusesOf({ ...options, method }))];
  assert.ok(
    documented.includes(status),
    `${method} ${path} responded with ${status}, which its reference does not list: add it to \`refuses\` in the route's config`,
  );
}
