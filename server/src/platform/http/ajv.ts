import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import { isEmail } from './schemas.ts';

/** Checks values against schemas. Knows these shared schemas, and our format of an address. */
export function createAjv(shared: Record<string, unknown> = {}) {
  const ajv = new Ajv({ allErrors: true, allowUnionTypes: true, useDefaults: true, addUsedSchema: false });
  formats.default(ajv);
  ajv.addFormat('email', isEmail);
  for (const schema of Object.values(shared)) ajv.addSchema(schema as object);
  return ajv;
}
