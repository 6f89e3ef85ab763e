import { type ApiError, conflict, invalid } from '#errors.ts';

/** The error for each violated constraint. The database decides, so no check can race an insert. */
const refusals: Record<string, () => ApiError> = {
  accounts_external_id_key: () =>
    conflict('account_exists', 'There is already an account with this external id.'),
  inactivity_rules_canned_response: () =>
    conflict(
      'canned_response_in_use',
      'An inactivity rule uses this canned response. Change the rule first.',
    ),
  inactivity_rules_topic_key: () =>
    conflict('inactivity_rule_exists', 'There is already a rule for this topic. Change that one.'),
  canned_responses_shortcut_key: () =>
    conflict('shortcut_exists', 'There is already a canned response with this shortcut. Choose another one.'),
  sla_policies_calendar: () =>
    conflict('calendar_in_use', 'An SLA policy uses this calendar. Change the policy first.'),
  sla_policies_key: () =>
    conflict('sla_policy_exists', 'There is already a policy for this topic and priority. Change that one.'),
  staff_email_key: () =>
    conflict('staff_exists', 'There is already a staff member with this e-mail address.'),
  sso_keys_pkey: () => conflict('sso_key_exists', 'There is already an SSO key with this kid.'),
  tickets_external_id_key: () =>
    conflict('external_id_taken', 'Another ticket of this account already has this external id.'),
  tokens_account_id_fkey: () => noOwner('account', '/account_id'),
  tokens_staff_id_fkey: () => noOwner('staff member', '/staff_id'),
  topics_pkey: () => conflict('topic_exists', 'There is already a topic with this key.'),
};

export const constraintError = (constraint: string): ApiError | undefined => refusals[constraint]?.();

const noOwner = (what: string, pointer: string) =>
  invalid('invalid_token_owner', `There is no such ${what}.`, [{ pointer, detail: 'is unknown' }]);
