import { Change, Id, Int32, Nullable, Text, Timestamp } from '#platform/http/schemas.ts';
import Type from '#platform/type.ts';

const Days = Int32(1, 365);
const settings = {
  is_enabled: Type.Boolean({
    description: 'Default: false. A rule of a topic replaces the general rule, even if it is disabled.',
  }),
  remind_after_days: Nullable(Days, 'Days of inactivity of the client until the reminder. Null: never.'),
  canned_response_id: Nullable(
    Id,
    'A shared canned response that is sent as the reminder. Null: only an event.',
  ),
  close_after_days: Nullable(
    Days,
    'Days of inactivity of the client until the ticket is closed. Null: never.',
  ),
  close_resolved_after_days: Nullable(
    Days,
    'Days of inactivity until a resolved ticket is closed. Null: never.',
  ),
};

export const InactivityRule = Type.Object(
  {
    inactivity_rule_id: Type.Integer(),
    topic_key: Nullable(Type.String(), 'The topic of the rule. Null: all topics without a rule.'),
    ...settings,
    created_at: Timestamp,
    updated_at: Timestamp,
  },
  { $id: 'InactivityRule', description: 'An inactivity rule.' },
);
export type InactivityRule = Type.Static<typeof InactivityRule>;

export const InactivityRuleChange = Change(settings);
export type InactivityRuleChange = Type.Static<typeof InactivityRuleChange>;

export const NewInactivityRule = Type.Object(
  { topic_key: Type.Optional(Nullable(Text(100))), ...InactivityRuleChange.properties },
  { additionalProperties: false },
);
export type NewInactivityRule = Type.Static<typeof NewInactivityRule>;

export const InactivityRulePath = Type.Object({
  inactivity_rule_id: Type.Integer({ description: 'The id of the rule.' }),
});
