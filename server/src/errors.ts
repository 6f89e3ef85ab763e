/** A refusal: an HTTP status, a stable code for programs, and a sentence for people. */
export class ApiError extends Error {
  override name = 'ApiError';
  readonly status: number;
  readonly code: string;
  readonly errors: FieldError[] | undefined;
  /** Members besides the standard ones of the problem document, such as `comments` in a 412. */
  readonly extra: object | undefined;
  readonly headers: Record<string, string> | undefined;

  constructor(status: number, code: string, detail: string, more: ErrorDetails = {}) {
    super(detail);
    this.status = status;
    this.code = code;
    this.errors = more.errors;
    this.extra = more.extra;
    this.headers = more.headers;
  }
}

/** `pointer` is a JSON pointer into the body (`/files/2`), or the name of a query parameter. */
export interface FieldError {
  pointer: string;
  detail: string;
}

interface ErrorDetails {
  errors?: FieldError[];
  extra?: object;
  headers?: Record<string, string>;
}

export const invalid = (code: string, detail: string, errors?: FieldError[]) =>
  new ApiError(400, code, detail, { errors });

/** The same response for a missing, unknown, disabled and expired token, which reveals nothing about it. */
export const unauthorized = () =>
  new ApiError(401, 'unauthorized', 'Send a valid key in the X-Token header.', {
    headers: { 'www-authenticate': 'X-Token' },
  });

/** The same response for an unknown address, a wrong password, a wrong code and a disabled member. */
export const wrongCredentials = () =>
  new ApiError(401, 'wrong_credentials', 'The address, the password or the code is wrong.', {
    headers: { 'www-authenticate': 'X-Token' },
  });

/** Sent only after the right password. */
export const secondFactorRequired = () =>
  new ApiError(401, 'second_factor_required', 'Send the code of your authenticator app too.', {
    headers: { 'www-authenticate': 'X-Token' },
  });

/** The same response for a secret that is unknown, used, replaced or expired. */
export const invalidInvitation = () =>
  new ApiError(
    401,
    'wrong_invitation',
    'This invitation was used, replaced or has expired. Ask an admin for a new one.',
    {
      headers: { 'www-authenticate': 'X-Token' },
    },
  );

/** For a callback from the identity provider without a flow, too late, or with a refusal. */
export const signInRefused = () =>
  invalid('sign_in_refused', 'The identity provider has not signed you in. Start again.');

export const notAMember = () =>
  new ApiError(
    403,
    'not_a_member',
    'The identity provider knows you, but you are not an enabled team member here. Ask an admin.',
  );

export const crossSite = () =>
  new ApiError(
    403,
    'cross_site',
    'A page of another site has sent this request. Send it from a page of this instance, or use a key.',
  );

/** The same response for a single sign-on that is unknown, used, expired or forged. */
export const ssoRefused = () =>
  new ApiError(
    401,
    'unauthorized',
    'This single sign-on is not valid, or not valid any more. Ask the panel for a new one.',
    {
      headers: { 'www-authenticate': 'X-Token' },
    },
  );

export const forbidden = (detail: string) => new ApiError(403, 'forbidden', detail);

/** Whoever finds an open session must not be able to change how its member signs in. */
export const proofRequired = () =>
  new ApiError(
    403,
    'fresh_sign_in_required',
    'Send your password too, or sign in again: no password is needed for 10 minutes after that.',
  );

/** The token is valid and of the right kind, but lacks this scope. */
export const insufficientScope = (scope: string) =>
  new ApiError(403, 'insufficient_scope', `This key lacks the scope "${scope}".`, { extra: { scope } });

/** The same response for what does not exist and for what belongs to somebody else. */
export const notFound = (what: string) =>
  new ApiError(404, `${what.replaceAll(' ', '_')}_not_found`, `There is no such ${what}.`);

export const conflict = (code: string, detail: string, extra?: Record<string, unknown>) =>
  new ApiError(409, code, detail, { extra });

export const changedMeanwhile = (extra?: object) =>
  new ApiError(
    412,
    'changed_meanwhile',
    'The ticket has changed since you read it. Read it again, then retry.',
    {
      extra,
    },
  );

export const tooLarge = (detail: string) => new ApiError(413, 'too_large', detail);

export const requestTimeout = () =>
  new ApiError(408, 'request_timeout', 'The request took too long to arrive. Send it again.');

export const unsupportedType = (code: string, detail: string) => new ApiError(415, code, detail);

export const notJson = () =>
  unsupportedType('unsupported_media_type', 'Send the body as application/json in UTF-8.');

export const keyReused = () =>
  new ApiError(
    422,
    'idempotency_key_reused',
    'This Idempotency-Key was used for another request. Use a new key for a new request.',
  );

export const tooMany = (detail: string, retryAfterSeconds: number, headers: Record<string, string>) =>
  new ApiError(429, 'too_many_requests', detail, {
    headers: { ...headers, 'retry-after': String(retryAfterSeconds) },
  });

export const unavailable = (code: string, detail: string, retryAfterSeconds = 2) =>
  new ApiError(503, code, detail, { headers: { 'retry-after': String(retryAfterSeconds) } });
