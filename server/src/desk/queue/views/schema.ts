import { QueueFilter, Sort } from '#desk/queue/schema.ts';
import { Change, Text, Timestamp } from '#platform/http/schemas.ts';
import Type from '#platform/type.ts';

const Position = Type.Integer({
  minimum: 0,
  maximum: 10_000,
  description: 'The position in lists, lowest first.',
});
const SHARED = 'Whether all staff see it. Only an admin can set this.';

export const View = Type.Object(
  {
    view_id: Type.Integer(),
    name: Type.String(),
    is_shared: Type.Boolean({ description: SHARED }),
    filter: QueueFilter,
    sort: Sort,
    position: Type.Integer(),
    created_at: Timestamp,
    updated_at: Timestamp,
  },
  { $id: 'View', description: 'A saved filter of the queue.' },
);
export type View = Type.Static<typeof View>;

const fields = { name: Text(100), filter: QueueFilter, sort: Sort, position: Position };

export const NewView = Type.Object(
  {
    ...fields,
    sort: Type.Optional(Sort),
    position: Type.Optional(Position),
    is_shared: Type.Optional(Type.Boolean({ description: SHARED })),
  },
  { additionalProperties: false },
);
export type NewView = Type.Static<typeof NewView>;

export const ViewChange = Change(fields);
export type ViewChange = Type.Static<typeof ViewChange>;

export const ViewPath = Type.Object({ view_id: Type.Integer({ description: 'The id of the view.' }) });

export const ViewCounts = Type.Object({
  items: Type.Array(
    Type.Object({
      view_id: Type.Integer(),
      count: Type.Integer({ description: 'Exact up to 999; 1000 means more.' }),
    }),
  ),
});
