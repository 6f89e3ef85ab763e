import { FileLimits } from '#desk/files/schema.ts';
import { Nullable } from '#platform/http/schemas.ts';
import Type from '#platform/type.ts';

const Locale = Type.Unsafe<'en' | 'ru'>({ type: 'string', enum: ['en', 'ru'] });

export const ClientProfile = Type.Object(
  {
    account: Type.Object({
      id: Type.Integer(),
      external_id: Type.String({ description: 'The host’s id of the account.' }),
      name: Type.String(),
      locale: Locale,
    }),
    user: Nullable(
      Type.Object({
        id: Type.String({ description: 'The id of the contact in the panel.' }),
        name: Type.String(),
        email: Nullable(Type.String()),
        locale: Locale,
      }),
      'The contact who has signed in. Null for a key of the account.',
    ),
    ...FileLimits.properties,
    first_response_minutes: Nullable(
      Type.Integer(),
      'The median time to the first response in the last 30 days, over all accounts. Null if fewer than 20 tickets had one. At most 10 minutes old.',
    ),
  },
  { $id: 'ClientProfile', description: 'Who the client is, and what a page for clients needs at its start.' },
);
export type ClientProfile = Type.Static<typeof ClientProfile>;
