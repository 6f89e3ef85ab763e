import { Text } from '#platform/http/schemas.ts';
import Type from '#platform/type.ts';

export const Tag = Type.Object(
  { tag: Type.String(), ticket_count: Type.Integer({ description: 'The number of tickets with this tag.' }) },
  { $id: 'Tag', description: 'A tag.' },
);
export type Tag = Type.Static<typeof Tag>;

export const TagChange = Type.Object(
  { name: Text(50, 'The new name, stored in lower case. If another tag has it, the two tags become one.') },
  { additionalProperties: false },
);

export const TagPath = Type.Object({ tag: Type.String({ description: 'The tag.' }) });
