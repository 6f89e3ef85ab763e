import Type from 'typebox';
import { CommaSeparated, IdList, Nullable, TimeInput, Timestamp } from '#platform/http/schemas.ts';

const at = (description: string) => Type.Optional(Type.String({ ...TimeInput, description }));

export const AuditQuery = Type.Object({
  staff_id: IdList('Who did it.'),
  token_id: IdList('By which key.'),
  account_id: IdList('Whose ticket it was.'),
  ticket_number: IdList('The ticket.'),
  type: CommaSeparated('[a-z_]{1,40}(\\.[a-z_]{1,40})?', '`ticket.closed`, or `ticket` for all of its kind.'),
  from: at('At this time or later.'),
  to: at('At this time or before.'),
  after: Type.Optional(
    Type.String({
      pattern: '^(0|[1-9][0-9]{0,8})\\.(0|[1-9][0-9]{0,17})\\.(0|[1-9][0-9]{0,17})$',
      description: '`after` of the page before.',
    }),
  ),
  limit: Type.Integer({
    minimum: 1,
    maximum: 10_000,
    default: 100,
    description: 'How many a page has at most.',
  }),
  format: Type.Unsafe<'json' | 'csv'>({ type: 'string', enum: ['json', 'csv'], default: 'json' }),
});
export type AuditQuery = Type.Static<typeof AuditQuery>;

export const AuditItem = Type.Object({
  cursor: Type.String(),
  created_at: Timestamp,
  type: Type.String({ description: 'What happened.' }),
  actor_kind: Type.String({
    description: 'Whether a client, staff, a service or the product itself did it.',
  }),
  staff_id: Nullable(Type.Integer()),
  staff_name: Nullable(Type.String()),
  token_id: Nullable(Type.Integer(), 'The token that it was done with.'),
  user_id: Nullable(Type.String(), 'The person behind the account, as the panel names them.'),
  account_id: Type.Integer({ description: '0 when it is about no account.' }),
  ticket_number: Nullable(Type.Integer()),
  comment_id: Nullable(Type.Integer()),
  data: Type.Unsafe<object | null>({
    type: ['object', 'null'],
    additionalProperties: true,
    description: 'For a change, the fields before and after.',
  }),
});
export type AuditItem = Type.Static<typeof AuditItem>;

export const AuditPage = Type.Object({
  items: Type.Array(AuditItem),
  after: Nullable(Type.String(), 'Where the next page begins; null behind the last.'),
});
