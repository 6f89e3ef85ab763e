import { type ApiError, conflict } from '../errors.ts';

/** What a violated constraint says to the caller: the database decides, so that no check races an insert. */
const refusals: Record<string, () => ApiError> = {
  accounts_external_id_key: () => conflict('account_exists', 'There is an account with this external id.'),
  staff_email_key: () => conflict('staff_exists', 'There is a staff member with this e-mail address.'),
  topics_pkey: () => conflict('topic_exists', 'There is a topic with this key.'),
};

export const constraintError = (constraint: string): ApiError | undefined => refusals[constraint]?.();
