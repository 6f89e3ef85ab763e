/** What is said to people when a request has failed: by its code, in their language. The server's detail is for programs. */
import { t } from '@lingui/core/macro';
import { ApiError } from '#api/errors.ts';

export function wordsOf(error: unknown): string {
  if (!(error instanceof ApiError)) return t`Something went wrong. Please try again.`;
  switch (error.code) {
    case 'network':
      return t`There is no connection to the server.`;
    case 'changed_meanwhile':
      return t`Somebody has written meanwhile`;
    case 'wrong_credentials':
      return t`The address, the password or the code is wrong.`;
    case 'second_factor_required':
      return t`Now enter your code.`;
    case 'wrong_code':
      return t`The code is wrong. Enter the one that the app shows now.`;
    case 'wrong_invitation':
      return t`This link was used, replaced or has expired. Ask an admin for a new one.`;
    case 'common_password':
      return t`This password is too common. Choose another one.`;
    case 'invalid_password':
      return t`A password has 12 to 200 characters.`;
    case 'fresh_sign_in_required':
      return t`Enter your password: you have signed in more than 10 minutes ago.`;
    case 'second_factor_on':
      return t`The second factor is on already.`;
    case 'busy':
      return t`Many people are signing in right now. Please try again in a moment.`;
    case 'too_many_requests':
      return t`Too many attempts.`;
    case 'cross_site':
      return t`The browser says that this page belongs to another site. Open it anew.`;
    default:
      return error.status >= 500
        ? t`The server has a problem. Please try again.`
        : t`The server has refused it (${error.code}).`;
  }
}
