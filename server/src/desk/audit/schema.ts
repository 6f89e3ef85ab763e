import { CommaSeparated, IdList, Nullable, TimeInput, Timestamp } from '#platform/http/schemas.ts';
import Type from '#platform/type.ts';

const at = (description: string) => Type.Optional(Type.String({ ...TimeInput, description }));

export const AuditQuery = Type.Object({
  staff_id: IdList('The id of the team member who did it.'),
  token_id: IdList('The id of the token with which it was done.'),
  account_id: IdList('The id of the account.'),
  ticket_number: IdList('The number of the ticket.'),
  type: CommaSeparated(
    '[a-z_]{1,40}(\\.[a-z_]{1,40})?',
    'A type such as `ticket.closed`, or `ticket` for all types that begin with it.',
  ),
  from: at('At this time or later.'),
  to: at('At this time or earlier.'),
  after: Type.Optional(
    Type.String({
      pattern: '^(0|[1-9][0-9]{0,8})\\.(0|[1-9][0-9]{0,17})\\.(0|[1-9][0-9]{0,17})$',
      description: '`after` of the previous page.',
    }),
  ),
  limit: Type.Integer({
    minimum: 1,
    maximum: 10_000,
    default: 100,
    description: 'The largest number of items on a page.',
  }),
  format: Type.Unsafe<'json' | 'csv'>({ type: 'string', enum: ['json', 'csv'], default: 'json' }),
});
export type AuditQuery = Type.Static<typeof AuditQuery>;

export const AuditItem = Type.Object({
  cursor: Type.String(),
  created_at: Timestamp,
  type: Type.String({ description: 'The type of the event.' }),
  actor_kind: Type.String({
    description: 'Who did it: a client, staff, a service or the system.',
  }),
  staff_id: Nullable(Type.Integer()),
  staff_name: Nullable(Type.String()),
  token_id: Nullable(Type.Integer(), 'The token with which it was done.'),
  user_id: Nullable(Type.String(), 'The contact, by their id in the panel.'),
  account_id: Type.Integer({ description: '0 if it is not about an account.' }),
  ticket_number: Nullable(Type.Integer()),
  comment_id: Nullable(Type.Integer()),
  data: Type.Unsafe<object | null>({
    type: ['object', 'null'],
    additionalProperties: true,
    description: 'As in the StaffEvent of this type. For a change: the fields before and after.',
  }),
});
export type AuditItem = Type.Static<typeof AuditItem>;

export const AuditPage = Type.Object({
  items: Type.Array(AuditItem),
  after: Nullable(Type.String(), 'The cursor of the next page. Null on the last page.'),
});
