/** The headers of the faces and of the pages around them. */
import { pageHeaders } from '#platform/http/page-headers.ts';

/** Everything comes from files of this server. Strings become HTML only by way of DOMPurify (Trusted Types). */
const policy = {
  'default-src': "'self'",
  'script-src': "'self'",
  'style-src': "'self'",
  'img-src': "'self' blob: data:",
  'connect-src': "'self'",
  'font-src': "'self'",
  'form-action': "'self'",
  'require-trusted-types-for': "'script'",
  'trusted-types': "dompurify 'allow-duplicates'",
};

export const consoleHeaders = pageHeaders(policy);

/** The host's panel may show the portal in a frame, and the files of the portal on pages of its own. */
export const portalHeaders = (allowedOrigins: readonly string[]) => ({
  ...pageHeaders(policy, clientFrames(allowedOrigins)),
  'access-control-allow-origin': '*', // files only: what needs a key is under /support
  'cross-origin-resource-policy': 'cross-origin',
});

/** Pages that may be framed: by this server's own pages, and by those that ALLOWED_ORIGINS trusts with the client API. */
export const clientFrames = (allowedOrigins: readonly string[]) => ["'self'", ...allowedOrigins].join(' ');
