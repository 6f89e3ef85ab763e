/** Boundary values of a field: the last valid ones, and the first invalid ones. */
import type { Caller } from './caller.ts';
import type { Field } from './document.ts';
import { uploadOf } from './tickets.ts';

/** One code point, two UTF-16 units, four bytes of UTF-8. Lengths count it once. */
export const WIDE = '😀';

export const limitsOf = ({ min, max, ours }: Field) => ({ min: min ?? ours?.min, max: max ?? ours?.max });

/** The smallest and the largest value. Uploads are created for the client to name. */
export async function legalValues(field: Field, client: Caller): Promise<unknown[]> {
  const { min, max = 0 } = limitsOf(field);
  const nulls = field.nullable ? [null] : [];
  switch (field.type) {
    case 'string':
      return ['x', WIDE.repeat(max), ...nulls];
    case 'array':
      return [await elements(field, min ?? 0, client), await elements(field, max, client), ...nulls];
    case 'integer':
      return field.enum ?? [min, max];
    case 'boolean':
      return [true, false];
  }
}

/** Just beyond the limits, and of other types. */
export async function illegalValues(field: Field, client: Caller): Promise<unknown[]> {
  const { min = 0, max = 0 } = limitsOf(field);
  const nulls = field.nullable ? [] : [null];
  switch (field.type) {
    case 'string':
      return ['', ' \n\u00a0', WIDE.repeat(max + 1), 42, true, ['x'], { x: 'x' }, ...nulls];
    case 'array': {
      const short = min > 0 ? [[]] : [];
      return [
        ...short,
        await elements(field, max + 1, client),
        'x',
        42,
        {},
        ['x'],
        [42],
        [null],
        [['x']],
        ...nulls,
      ];
    }
    case 'integer': {
      const beyond = field.enum ? [0, 2, -2] : [min - 1, max + 1];
      return [...beyond, 1.5, '1', true, [1], {}, ...nulls];
    }
    case 'boolean':
      return ['yes', 2, ...nulls];
  }
}

/** The limits of a query parameter, as strings. */
export function queryValues(field: Field): { legal: string[]; illegal: string[] } {
  const { min = 0, max = 0 } = limitsOf(field);
  switch (field.type) {
    case 'integer':
      return {
        legal: [min, max].map(String),
        illegal: [
          String(min - 1),
          String(max + 1),
          '',
          'x',
          '1.0',
          '1e1',
          '01',
          '%2B1',
          '1,1',
          '0x1',
          'null',
        ],
      };
    case 'boolean':
      return {
        legal: ['true', 'True', 'TRUE', '1', 'false', 'False', '0'],
        illegal: ['', 'yes', '2', 'tru', 'null', 'True,True'],
      };
    default:
      return {
        legal: ['x', encodeURIComponent(WIDE.repeat(max))],
        illegal: ['', encodeURIComponent(WIDE.repeat(max + 1))],
      };
  }
}

async function elements({ items }: Field, count: number, client: Caller): Promise<string[]> {
  const made = [];
  for (let i = 1; i <= count; i++) {
    made.push(items === 'uuid' ? await uploadOf(client) : `person-${i}@clients.example`);
  }
  return made;
}
