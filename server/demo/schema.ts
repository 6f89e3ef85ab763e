/** What the data files may say. Fields that are the product's own have its schemas. */
import { NewCannedResponse } from '#desk/canned-responses/schema.ts';
import { NewInactivityRule } from '#desk/inactivity/schema.ts';
import { NewView } from '#desk/queue/views/schema.ts';
import { NewCalendar, NewSlaPolicy } from '#desk/sla/schema.ts';
import { CommentBody, NewStaffComment } from '#desk/tickets/comments/schema.ts';
import { NewTicket, StaffTicketChange } from '#desk/tickets/schema.ts';
import { ClosingVote, NewCommentVote, NewTicketVote } from '#desk/tickets/votes/schema.ts';
import { AccountInput } from '#people/accounts/schema.ts';
import { NewMember } from '#people/staff/schema.ts';
import { Email, Text } from '#platform/http/schemas.ts';
import Type, { type Static, type TProperties } from '#platform/type.ts';
import { SPAN } from './times.ts';

const Fields = <P extends TProperties>(fields: P) => Type.Object(fields, { additionalProperties: false });
const Name = Text(255);
const Named = Type.Optional(Name);
const Span = Type.String({ pattern: `^${SPAN}$` });
const done = Type.Literal(true);

const Member = Fields({
  ...NewMember.properties,
  locale: Type.Required(Type.Pick(AccountInput, ['locale'])).properties.locale,
});
export type Member = Static<typeof Member>;
export const Staff = Type.Array(Member);

const Account = Fields({
  ...Type.Required(Type.Pick(AccountInput, ['name', 'email', 'locale'])).properties,
  note: AccountInput.properties.note,
  external_id: Name,
  utc_offset_hours: Type.Integer({ minimum: -12, maximum: 14 }),
  /** Whether its contacts come by single sign-on. */
  has_sso: Type.Optional(Type.Boolean()),
  contacts: Type.Array(Fields({ name: Name, email: Email })),
});
export type Account = Static<typeof Account>;
export const Accounts = Type.Array(Account);

/** Holidays are months and days, the same in every year. */
const holidays = Type.Array(Type.String({ pattern: '^\\d\\d-\\d\\d$' }));
export const Sla = Fields({
  calendars: Type.Array(Fields({ ...NewCalendar.properties, holidays })),
  policies: Type.Array(Fields({ ...Type.Omit(NewSlaPolicy, ['calendar_id']).properties, calendar: Named })),
});

/** One with an owner is theirs alone. */
export const CannedResponses = Type.Array(
  Fields({ ...Type.Omit(NewCannedResponse, ['is_shared']).properties, owner: Named }),
);

/** `reminder` is the shortcut of a canned response. */
export const InactivityRules = Type.Array(
  Fields({ ...Type.Omit(NewInactivityRule, ['canned_response_id']).properties, reminder: Named }),
);

export const Views = Type.Array(NewView);

const clientActions = Fields({
  comment: CommentBody,
  read: done,
  close: ClosingVote,
  reopen: CommentBody,
  vote: NewTicketVote,
  vote_on_reply: NewCommentVote,
});

const { priority, tags, type } = StaffTicketChange.properties;
const staffActions = Fields({
  reply: CommentBody,
  /** A reply that is the canned response with this shortcut. */
  canned: Name,
  note: CommentBody,
  draft: CommentBody,
  triage: Type.Partial(Fields({ priority, tags, type, assignee: Name })),
  resolve: done,
  close_as_staff: Text(1000),
  /** Of comments by their index. Steps `in: child` are about the ticket that it makes. */
  split: Fields({ comments: Type.Array(Type.Integer({ minimum: 0 })), summary: Name }),
  /** The file of another conversation with the same account. */
  merge_into: Name,
  snooze: Span,
});

/** One action, with who does it and how long after the step before. */
const Step = Fields({
  ...Type.Partial(clientActions).properties,
  ...Type.Partial(staffActions).properties,
  after: Type.Optional(Span),
  /** A contact of the account or, before the @ of their address, a team member. */
  by: Named,
  in: Type.Optional(Type.Literal('child')),
  status: NewStaffComment.properties.status_key,
  mentions: Type.Optional(Type.Array(Name)),
  files: Type.Optional(Type.Array(Name)),
});
export type Step = Static<typeof Step>;

export const isOfClient = (step: Step) =>
  Object.keys(clientActions.properties).some((action) => action in step);

/** Begins with a comment or a reply. Opened so long ago, or so many days ago at a time in UTC: `12d 14:07`. */
export const Conversation = Fields({
  account: Name,
  contact: Named,
  /** Who of support does what is not said to be by another. */
  agent: Named,
  client_emails: NewTicket.properties.client_emails,
  topic_key: Text(100),
  summary: Text(255),
  opened: Type.String({ pattern: `^(\\d+d [012]\\d:[0-5]\\d|${SPAN})$` }),
  steps: Type.Array(Step, { minItems: 1 }),
});
export type Conversation = Static<typeof Conversation>;
