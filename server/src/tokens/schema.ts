import Type from 'typebox';
import { Nullable, SentTime, Text, Timestamp } from '../http/schemas.ts';

const Name = Text(100);
const MarksRead = Type.Boolean({ description: 'Whether listing comments with it marks them as read.' });
const NewExpiresAt = Nullable(SentTime, 'Null for never.');

export const Token = Type.Object(
  {
    token_id: Type.Integer(),
    kind: Type.String({ enum: ['client', 'staff'] }),
    account_id: Nullable(Type.Integer()),
    staff_id: Nullable(Type.Integer()),
    name: Type.String(),
    marks_read: MarksRead,
    expires_at: Nullable(Timestamp, 'Null for never.'),
    disabled_at: Nullable(Timestamp),
    last_used_at: Nullable(Timestamp, 'To the minute.'),
    created_at: Timestamp,
  },
  { $id: 'Token', description: 'A key, without its secret.' },
);

export const IssuedToken = Type.Object(
  { ...Token.properties, token: Type.String({ description: 'The secret. Shown this once.' }) },
  { $id: 'IssuedToken', description: 'A key, with its secret.' },
);

export const NewToken = Type.Object(
  { name: Name, marks_read: Type.Optional(MarksRead), expires_at: Type.Optional(NewExpiresAt) },
  { additionalProperties: false },
);

export const TokenChange = Type.Object(
  {
    name: Type.Optional(Name),
    is_enabled: Type.Optional(Type.Boolean()),
    marks_read: Type.Optional(MarksRead),
    expires_at: Type.Optional(NewExpiresAt),
  },
  { additionalProperties: false, minProperties: 1 },
);

export const TokenPath = Type.Object({ token_id: Type.Integer() });
