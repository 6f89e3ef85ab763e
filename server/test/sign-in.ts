/** Members who sign in as people do: invited, with a password of their own, from an address of their own. */
import { randomInt, randomUUID } from 'node:crypto';
import { TOTP } from 'otpauth';
import type { Caller, Response } from './caller.ts';
import type { Instance } from './instance.ts';
import { done } from './tickets.ts';

export const PASSWORD = 'three quiet herons';

export interface Member {
  staffId: number;
  email: string;
}

/** A member who has accepted their invitation. */
export async function newMember(
  instance: Instance,
  admin: Caller,
  role: 'agent' | 'admin' = 'agent',
): Promise<Member> {
  const { staffId, email, secret } = await invited(admin, role);
  await done(instance.anonymous.post('/staff/session/accept', { secret, password: PASSWORD }));
  return { staffId, email };
}

export async function invited(admin: Caller, role: 'agent' | 'admin' = 'agent') {
  const email = `${randomUUID()}@host.example`;
  const { body } = await done(admin.post('/staff/members', { email, name: 'Vera Smirnova', role }));
  const secret: string = body.invitation.secret;
  return { staffId: body.staff_id as number, email, secret };
}

/** A random IP address. */
export const randomAddress = () => `10.${randomInt(256)}.${randomInt(256)}.${randomInt(256)}`;

export function signIn(
  instance: Instance,
  { email, password = PASSWORD, code }: { email: string; password?: string; code?: string },
  { ip = randomAddress(), headers = {} }: { ip?: string; headers?: Record<string, string> } = {},
): Promise<Response> {
  return instance.anonymous.send({
    method: 'POST',
    url: '/staff/session',
    payload: { email, password, code },
    remoteAddress: ip,
    headers,
  });
}

/** The cookie that a browser sends after this response. */
export function cookieOf({ headers }: Response): string {
  return String(headers['set-cookie']).split(';')[0] ?? '';
}

/** The headers of a browser that has just signed in. */
export async function browser(instance: Instance, member: Member): Promise<Record<string, string>> {
  return { cookie: cookieOf(await done(signIn(instance, member))), 'sec-fetch-site': 'same-origin' };
}

/** The code of an authenticator app, this many periods of 30 s from now. */
export function codeOf(secret: string, periods = 0): string {
  return new TOTP({ secret }).generate({ timestamp: Date.now() + periods * 30_000 });
}

/** Turns the second factor on for the caller with these headers. */
export async function withSecondFactor({ anonymous }: Instance, headers: Record<string, string>) {
  const { secret } = (await done(anonymous.post('/staff/me/totp', undefined, headers))).body;
  const code = codeOf(secret, -1); // leaves the codes of this and the next period unused
  const confirmed = await done(anonymous.post('/staff/me/totp/confirm', { code }, headers));
  return { secret: secret as string, recoveryCodes: confirmed.body.recovery_codes as string[] };
}
