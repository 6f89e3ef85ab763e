import { Email, Nullable, Text, Timestamp } from '#platform/http/schemas.ts';
import Type from '#platform/type.ts';

const Locale = Type.Unsafe<'en' | 'ru'>({ type: 'string', enum: ['en', 'ru'] });

/** The host’s own name for an account, in a path or an argument. */
export const ExternalId = Text(200);

export const Account = Type.Object(
  {
    account_id: Type.Integer(),
    external_id: Type.String({ description: 'The host’s id of the account.' }),
    name: Type.String(),
    email: Nullable(Type.String()),
    locale: Locale,
    note: Nullable(Type.String(), 'For staff only. A service sees null.'),
    created_at: Timestamp,
    updated_at: Timestamp,
  },
  { $id: 'Account', description: 'A customer of the host.' },
);
export type Account = Type.Static<typeof Account>;

export const AccountInput = Type.Object(
  {
    name: Text(255),
    email: Type.Optional(Nullable(Email)),
    locale: Type.Optional(Locale),
    note: Type.Optional(Nullable(Text(10_000))),
  },
  { additionalProperties: false },
);

export const AccountQuery = Type.Object({
  q: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 1000,
      description:
        'Words of the name, the e-mail address or the external id, or of the name or e-mail address of a contact.',
    }),
  ),
  after: Type.Integer({
    minimum: 0,
    default: 0,
    description: 'The `account_id` of the last account of the previous page.',
  }),
  limit: Type.Integer({
    minimum: 1,
    maximum: 500,
    default: 100,
    description: 'The largest number of items on a page.',
  }),
});

export const AccountPath = Type.Object({
  account_id: Type.Integer({ description: 'The id of the account.' }),
});
export const ExternalIdPath = Type.Object({
  external_id: Type.String({ description: 'The host’s id of the account.' }),
});
