import {
  Change,
  CommaSeparated,
  Id,
  IdList,
  Nullable,
  Text,
  TimeInput,
  Timestamp,
} from '#platform/http/schemas.ts';
import Type from '#platform/type.ts';

const PAGE = 'The largest number of items on a page.';

const Kind = Type.Unsafe<'client' | 'staff' | 'service'>({
  type: 'string',
  enum: ['client', 'staff', 'service'],
  description:
    '`client`: for an account. `staff`: for a team member. `service`: for a program of the host, such as its panel.',
});
const Name = Text(100);
const MarksRead = Type.Boolean({ description: 'Whether listing comments with it marks them as read.' });
const NewExpiresAt = Nullable(TimeInput, 'Null: never.');
const SCOPES = 'The scopes of the key. Null: all scopes of its kind.';
const ADDRESSES =
  'Addresses and networks (`10.0.0.0/8`, `2001:db8::/32`) from which the key can be used. Empty: from anywhere.';

const NewScopes = Nullable(
  Type.Array(Type.String({ maxLength: 50 }), { minItems: 1, maxItems: 20, uniqueItems: true }),
  SCOPES,
);
const NewAddresses = Type.Array(Type.String({ maxLength: 50 }), { maxItems: 50, description: ADDRESSES });

export const Token = Type.Object(
  {
    token_id: Type.Integer(),
    kind: Kind,
    account_id: Nullable(Type.Integer()),
    staff_id: Nullable(Type.Integer()),
    name: Type.String(),
    scopes: Nullable(Type.Array(Type.String()), SCOPES),
    allowed_addresses: Type.Array(Type.String(), { description: ADDRESSES }),
    marks_read: MarksRead,
    expires_at: Nullable(Timestamp, 'Null: never.'),
    disabled_at: Nullable(Timestamp),
    last_used_at: Nullable(Timestamp, 'Accurate to the minute.'),
    created_at: Timestamp,
  },
  { $id: 'Token', description: 'A key, without its secret.' },
);
export type Token = Type.Static<typeof Token>;

export const IssuedToken = Type.Object(
  { ...Token.properties, token: Type.String({ description: 'The secret. Shown only once.' }) },
  { $id: 'IssuedToken', description: 'A key, with its secret.' },
);

const newProperties = {
  name: Name,
  scopes: Type.Optional(NewScopes),
  allowed_addresses: Type.Optional(NewAddresses),
  expires_at: Type.Optional(NewExpiresAt),
};

export const NewStaffToken = Type.Object(newProperties, { additionalProperties: false });

export const NewToken = Type.Object(
  { ...newProperties, marks_read: Type.Optional(MarksRead) },
  { additionalProperties: false },
);

/** A token of any kind. */
export const NewKindToken = Type.Object(
  { kind: Kind, account_id: Type.Optional(Id), staff_id: Type.Optional(Id), ...NewToken.properties },
  { additionalProperties: false },
);

export const TokenChange = Change({
  name: Name,
  is_enabled: Type.Boolean(),
  scopes: NewScopes,
  allowed_addresses: NewAddresses,
  marks_read: MarksRead,
  expires_at: NewExpiresAt,
});

export const TokenPath = Type.Object({ token_id: Type.Integer({ description: 'The id of the token.' }) });
export const OwnTokenPath = Type.Object({
  own_token_id: Type.Integer({ description: 'The `token_id` of one of your tokens.' }),
});

export const TokenQuery = Type.Object({
  kind: CommaSeparated('client|staff|service', 'The kind of the token.'),
  account_id: IdList('The id of the account.'),
  staff_id: IdList('The id of the team member.'),
  after: Type.Integer({
    minimum: 0,
    default: 0,
    description: 'The `token_id` of the last token of the previous page.',
  }),
  limit: Type.Integer({ minimum: 1, maximum: 500, default: 100, description: PAGE }),
});
