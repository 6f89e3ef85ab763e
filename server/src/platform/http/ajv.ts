import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import type { FieldError } from '#errors.ts';
import { isEmail, VISIBLE } from './schemas.ts';

/** Checks values against schemas. Knows these shared schemas, and our format of an address. */
export function createAjv(shared: Record<string, unknown> = {}) {
  const ajv = new Ajv({ allErrors: true, allowUnionTypes: true, useDefaults: true, addUsedSchema: false });
  formats.default(ajv);
  ajv.addFormat('email', isEmail);
  for (const schema of Object.values(shared)) ajv.addSchema(schema as object);
  return ajv;
}

/** Converts ajv's errors to pointers and sentences. At most twenty, enough to see what is wrong. */
export function fieldErrors(
  context: string | undefined,
  errors: Array<{ instancePath?: string; keyword: string; message?: string; params?: object }>,
): FieldError[] {
  return errors.slice(0, 20).map(({ instancePath = '', keyword, message = 'is invalid', params = {} }) => {
    const { missingProperty, additionalProperty, allowedValues, pattern } = params as Record<string, unknown>;
    const name = missingProperty ?? additionalProperty;
    const path = name === undefined ? instancePath : `${instancePath}/${String(name)}`;
    const pointer = context === 'querystring' ? path.slice(1) : path;
    if (keyword === 'required') return { pointer, detail: 'is required' };
    if (keyword === 'additionalProperties') return { pointer, detail: 'is not a field of this request' };
    if (keyword === 'enum')
      return { pointer, detail: `must be one of ${JSON.stringify(allowedValues).slice(1, -1)}` };
    if (keyword === 'pattern' && pattern === VISIBLE) return { pointer, detail: 'must not be blank' };
    return { pointer, detail: message };
  });
}
