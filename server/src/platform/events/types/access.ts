/** Who gets access: team members, their sessions and second factors, tokens, and single sign-on. */
import Type from '#platform/type.ts';
import { change, count, id, ids, open, orNull, text } from './data.ts';
import type { InstanceEventSpec } from './spec.ts';

const member = open({ staff_id: id });
const sessionsEnded = Type.Optional(count);
const token = { token_id: id, kind: text, staff_id: orNull(id), name: text };

export const accessTypes = {
  'staff.added': {
    description: 'A team member was invited.',
    audience: 'staff',
    adminsSee: ['email'],
    data: open({ staff_id: id, email: Type.Optional(text), role: text }),
  },
  'staff.changed': {
    description:
      'The name, role or access of a team member was changed. `tickets_released` is the number of tickets that were released.',
    audience: 'staff',
    data: open({ staff_id: id, ...change, tickets_released: Type.Optional(count) }),
  },
  'staff.availability_changed': {
    description: 'A team member has changed their `availability`.',
    audience: 'staff',
    data: open({ staff_id: id, availability: text }),
  },
  'staff.accepted': {
    description: 'A team member has accepted an invitation and chosen a password.',
    audience: 'admin',
    data: member,
  },
  'staff.linked': {
    description: 'A team member was linked to an identity at the identity provider.',
    audience: 'admin',
    data: open({ staff_id: id, issuer: text, subject: text }),
  },
  'staff.password_changed': {
    description: 'A team member has changed their password.',
    audience: 'admin',
    data: member,
  },
  'staff.reset': {
    description: 'An admin has reset the password of a team member.',
    audience: 'admin',
    data: member,
  },
  'second_factor.enabled': {
    description: 'A team member has enabled their second factor.',
    audience: 'admin',
    data: member,
  },
  'second_factor.disabled': {
    description: 'A team member has disabled their second factor.',
    audience: 'admin',
    data: member,
  },
  'second_factor.reset': {
    description: 'An admin has reset the second factor of a team member.',
    audience: 'admin',
    data: member,
  },
  'session.opened': {
    description: 'A team member has signed in.',
    audience: 'admin',
    data: open({ session_id: id, ip: text, by: text, second_factor: text }),
  },
  'session.refused': {
    description: 'A sign-in was refused. `email` is there only if it is the address of a team member.',
    audience: 'admin',
    data: open({ staff_id: Type.Optional(id), email: Type.Optional(text), ip: text, wrong: text }),
  },
  'session.ended': {
    description: 'A session of a team member has ended.',
    audience: 'admin',
    data: open({ session_id: id, staff_id: id }),
  },
  'token.issued': {
    description: 'A key was issued.',
    audience: 'admin',
    data: open(token),
  },
  'token.changed': {
    description: 'A key was changed. If it was disabled, the client sessions that it had opened ended.',
    audience: 'admin',
    data: open({ token_id: id, ...change, sessions_ended: sessionsEnded }),
  },
  'token.revoked': {
    description: 'A key was revoked, and the client sessions that it had opened ended.',
    audience: 'admin',
    data: open({ ...token, sessions_ended: sessionsEnded }),
  },
  'sign_in_link.created': {
    description: 'The panel of the host has created a sign-in link for a contact.',
    audience: 'admin',
    data: open({ user_id: text }),
  },
  'client_session.opened': {
    description: 'A contact has signed in by single sign-on.',
    audience: 'admin',
    data: open({ session_id: id, token_id: Type.Optional(id), kid: Type.Optional(text) }),
  },
  'client_session.renewed': {
    description: 'A client session was renewed.',
    audience: 'admin',
    data: open({ session_id: id }),
  },
  'client_session.ended': {
    description: 'A client session has ended, or all client sessions of the account.',
    audience: 'admin',
    data: Type.Union([open({ session_id: id }), open({ session_ids: ids })]),
  },
  'sso_key.added': {
    description: 'An SSO key was added.',
    audience: 'admin',
    data: open({ kid: text, name: text, algorithm: text, issuer: orNull(text) }),
  },
  'sso_key.changed': {
    description: 'An SSO key was changed. If it was disabled, the client sessions that it had opened ended.',
    audience: 'admin',
    data: open({ kid: text, ...change, sessions_ended: count }),
  },
  'sso_key.deleted': {
    description: 'An SSO key was deleted, and the client sessions that it had opened ended.',
    audience: 'admin',
    data: open({ kid: text, name: text, sessions_ended: count }),
  },
} as const satisfies Record<string, InstanceEventSpec>;
