import { Change, Id, LocalizedName, Nullable, Timestamp } from '#platform/http/schemas.ts';
import Type from '#platform/type.ts';

export const Topic = Type.Object(
  { key: Type.String(), name: Type.Object({ en: Type.String(), ru: Type.String() }) },
  { $id: 'Topic', description: 'A topic.' },
);

const GROUP =
  'The group of the topic. A ticket that a client opens is assigned to the member of the group with the fewest open tickets.';

export const StaffTopic = Type.Object(
  {
    ...Topic.properties,
    position: Type.Integer(),
    archived_at: Nullable(Timestamp),
    assignee_ids: Type.Array(Type.Integer(), { description: GROUP }),
  },
  { $id: 'StaffTopic', description: 'A topic, with the fields for staff.' },
);
export type StaffTopic = Type.Static<typeof StaffTopic>;

/** In filters, `none` stands for no topic. */
export const TOPIC_KEY = '^(?!none$)[a-z0-9][a-z0-9_-]{0,99}$';
export const MAX_POSITION = 10_000;

const Position = Type.Integer({
  minimum: 0,
  maximum: MAX_POSITION,
  description: 'The position in lists, lowest first.',
});

const Group = Type.Array(Id, { maxItems: 50, uniqueItems: true, description: GROUP });

export const NewTopic = Type.Object(
  {
    key: Type.String({
      pattern: TOPIC_KEY,
      description:
        'Lower-case letters, digits, `-` and `_`. Not `none`: filters use it for tickets without a topic.',
    }),
    name: LocalizedName,
    position: Type.Optional(Position),
    assignee_ids: Type.Optional(Group),
  },
  { additionalProperties: false },
);
export type NewTopic = Type.Static<typeof NewTopic>;

export const TopicChange = Change({
  name: LocalizedName,
  position: Position,
  assignee_ids: Group,
  is_archived: Type.Boolean({
    description: 'Tickets keep an archived topic, but no ticket can be given it.',
  }),
});
export type TopicChange = Type.Static<typeof TopicChange>;

export const TopicPath = Type.Object({ topic_key: Type.String({ description: 'The `key` of the topic.' }) });

export const Status = Type.Object(
  { key: Type.String(), name: Type.Object({ en: Type.String(), ru: Type.String() }) },
  { $id: 'Status', description: 'A state of tickets, with its names.' },
);
export type Status = Type.Static<typeof Status>;
export const StatusChange = Type.Object({ name: LocalizedName }, { additionalProperties: false });
export const StatusPath = Type.Object({
  status_key: Type.String({ description: 'The `key` of the state.' }),
});
