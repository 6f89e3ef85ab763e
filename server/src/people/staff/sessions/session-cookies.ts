import type { FastifyReply, FastifyRequest } from 'fastify';
import { setCookie } from '#people/access/cookies.ts';
import { DEVICE_SECONDS } from './devices.ts';
import { SESSION_SECONDS } from './sessions.ts';
import type { SignedIn } from './sign-in.ts';

/** Signs the browser in, and remembers it when it is new. */
export function setSessionCookies(
  request: FastifyRequest,
  reply: FastifyReply,
  { secret, device }: Pick<SignedIn, 'secret' | 'device'>,
) {
  setCookie(request, reply, 'paneldesk', { value: secret, maxAgeSeconds: SESSION_SECONDS });
  if (device) setCookie(request, reply, 'paneldesk-device', { value: device, maxAgeSeconds: DEVICE_SECONDS });
}
