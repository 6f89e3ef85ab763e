/**
 * An example of every operation, by its operationId: `request` is the JSON body that is sent, `response` what is
 * answered. Each noun has those of its own; reference.test.ts holds them to the schemas.
 */
export const examples = {};
