import { Change, Id, Nullable, Text, Timestamp } from '#platform/http/schemas.ts';
import Type from '#platform/type.ts';

const Shortcut = Type.String({
  pattern: '^[a-z0-9-]{1,40}$',
  description:
    'A short text to find it by. Unique among your own canned responses, and among the shared ones.',
});
const TopicKey = Nullable(Text(100), 'The topic that it is for. Null: any topic.');
const SHARED = 'Whether all staff see it. Only an admin can set this.';
const Body = Text(20_000);
const Bodies = Type.Object(
  { en: Type.Optional(Body), ru: Type.Optional(Body) },
  {
    additionalProperties: false,
    minProperties: 1,
    description: 'The text in one or both languages, with placeholders such as `{{client_name}}`.',
  },
);

export const CannedResponse = Type.Object(
  {
    canned_response_id: Type.Integer(),
    title: Type.String(),
    shortcut: Type.String(),
    bodies: Type.Object({ en: Type.Optional(Type.String()), ru: Type.Optional(Type.String()) }),
    topic_key: Nullable(Type.String()),
    is_shared: Type.Boolean({ description: SHARED }),
    use_count: Type.Integer(),
    last_used_at: Nullable(Timestamp),
    created_at: Timestamp,
    updated_at: Timestamp,
  },
  { $id: 'CannedResponse', description: 'A canned response.' },
);
export type CannedResponse = Type.Static<typeof CannedResponse>;

const fields = { title: Text(100), shortcut: Shortcut, bodies: Bodies, topic_key: TopicKey };

export const NewCannedResponse = Type.Object(
  {
    ...fields,
    topic_key: Type.Optional(TopicKey),
    is_shared: Type.Optional(Type.Boolean({ description: SHARED })),
  },
  { additionalProperties: false },
);
export type NewCannedResponse = Type.Static<typeof NewCannedResponse>;

export const CannedResponseChange = Change(fields);
export type CannedResponseChange = Type.Static<typeof CannedResponseChange>;

export const CannedResponsePath = Type.Object({
  canned_response_id: Type.Integer({ description: 'The id of the canned response.' }),
});

export const CannedResponseUse = Type.Object(
  { ticket_number: Id },
  { additionalProperties: false, description: 'The ticket to reply to.' },
);

export const FilledAnswer = Type.Object({
  body: Type.String({ description: 'The text with its placeholders filled in.' }),
  locale: Type.String({
    enum: ['en', 'ru'],
    description: 'The language of the account, or the only language of the canned response.',
  }),
});
