import Type from 'typebox';
import { Text } from '#platform/http/schemas.ts';

export const Tag = Type.Object(
  { tag: Type.String(), ticket_count: Type.Integer({ description: 'Tickets that have it.' }) },
  { $id: 'Tag', description: 'A word that tickets are found by.' },
);
export type Tag = Type.Static<typeof Tag>;

export const TagChange = Type.Object(
  { name: Text(50, 'The new name, stored in lower case. If another tag has it, the two become one.') },
  { additionalProperties: false },
);

export const TagPath = Type.Object({ tag: Type.String({ description: 'The tag, as it is written.' }) });
