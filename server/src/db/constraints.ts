import { type ApiError, conflict, invalid } from '../errors.ts';

/** What a violated constraint says to the caller: the database decides, so that no check races an insert. */
const refusals: Record<string, () => ApiError> = {
  accounts_external_id_key: () => conflict('account_exists', 'There is an account with this external id.'),
  staff_email_key: () => conflict('staff_exists', 'There is a staff member with this e-mail address.'),
  handover_keys_pkey: () => conflict('handover_key_exists', 'There is a hand-over key with this kid.'),
  tokens_account_id_fkey: () => noOwner('account', '/account_id'),
  tokens_staff_id_fkey: () => noOwner('staff member', '/staff_id'),
  topics_pkey: () => conflict('topic_exists', 'There is a topic with this key.'),
};

export const constraintError = (constraint: string): ApiError | undefined => refusals[constraint]?.();

const noOwner = (what: string, pointer: string) =>
  invalid('invalid_token_owner', `There is no such ${what}.`, [{ pointer, detail: 'is unknown' }]);
