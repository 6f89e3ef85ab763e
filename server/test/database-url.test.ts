import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withDatabase } from './database-url.ts';

test('the URL of another database keeps the server, in any form', () => {
  for (const [given, wanted] of [
    ['postgresql://db.example/desk', 'postgresql://db.example/new'],
    [
      'postgres://me:p%2Fw@db.example:5433/my-desk?sslmode=require',
      'postgres://me:p%2Fw@db.example:5433/new?sslmode=require',
    ],
    ['postgresql://db.example:5432', 'postgresql://db.example:5432/new'],
    ['postgresql://me@/desk?host=/run/postgresql', 'postgresql://me@/new?host=/run/postgresql'],
    ['postgresql://me:pw@/desk?host=%2Frun%2Fpg', 'postgresql://me:pw@/new?host=%2Frun%2Fpg'],
    ['postgresql://?host=/run/postgresql&user=me', 'postgresql:///new?host=/run/postgresql&user=me'],
  ] as const) {
    assert.equal(withDatabase(given, 'new'), wanted);
  }
});
