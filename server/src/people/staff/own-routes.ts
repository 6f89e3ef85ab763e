import { staffOf } from '#people/access/access.ts';
import { originOf } from '#people/access/origin.ts';
import { changePassword, requireProof, turnOffSecondFactor } from '#people/staff/sessions/own-credentials.ts';
import type { App, Deps } from '#platform/http/app.ts';
import { Ref } from '#platform/http/schemas.ts';
import {
  Confirmation,
  CurrentMember,
  CurrentMemberChange,
  Enrolment,
  PasswordChange,
  Proof,
  RecoveryCodes,
  StaffMember,
} from './schema.ts';
import { confirm, enrol } from './second-factor.ts';
import { changeMe, findMember } from './staff.ts';

const tags = ['Staff: people'];

export function ownCredentialRoutes(app: App, { database, write }: Deps) {
  app.get(
    '/staff/me',
    {
      config: { access: 'staff' },
      schema: {
        tags,
        summary: 'Find the current team member',
        operationId: 'getMe',
        description: 'Returns the owner of the key or session.',
        response: { 200: Ref(CurrentMember) },
      },
    },
    async (request) => findMember(database.db, staffOf(request), staffOf(request).staffId),
  );

  app.patch(
    '/staff/me',
    {
      config: { access: 'staff' },
      schema: {
        tags,
        summary: 'Set your availability, or save your preferences',
        operationId: 'changeMe',
        description:
          'The team sees the availability. Preferences are merged with those that are saved; the server gives them no meaning.',
        body: CurrentMemberChange,
        response: { 200: Ref(CurrentMember) },
      },
    },
    (request, reply) => write(request, reply, (tx) => changeMe(tx, staffOf(request), request.body)),
  );

  app.put(
    '/staff/me/password',
    {
      config: { access: 'staff', refuses: ['TooManyRequests'], grantsAccess: true },
      schema: {
        tags,
        summary: 'Change your password',
        operationId: 'changePassword',
        description: 'Ends all your sessions except the current one.',
        body: PasswordChange,
        response: { 200: Ref(StaffMember) },
      },
    },
    async (request) => changePassword(database, staffOf(request), request.body, originOf(request)),
  );

  app.post(
    '/staff/me/totp',
    {
      config: { access: 'staff', showsSecret: true, grantsAccess: true, refuses: ['TooManyRequests'] },
      schema: {
        tags,
        summary: 'Create a secret for an authenticator app',
        operationId: 'enrolSecondFactor',
        description:
          'Returns a secret for the app. The second factor is enabled when you confirm it with a code.',
        body: Proof,
        response: { 200: Enrolment },
      },
    },
    async (request, reply) => {
      await requireProof(database, staffOf(request), request.body, originOf(request));
      return write(request, reply, (tx) => enrol(tx, staffOf(request)));
    },
  );

  app.post(
    '/staff/me/totp/confirm',
    {
      config: { access: 'staff', showsSecret: true, grantsAccess: true },
      schema: {
        tags,
        summary: 'Enable your second factor',
        operationId: 'confirmSecondFactor',
        description: 'Checks a code of the app and returns recovery codes. They are shown only once.',
        body: Confirmation,
        response: { 200: RecoveryCodes },
      },
    },
    (request, reply) => write(request, reply, (tx) => confirm(tx, staffOf(request), request.body.code)),
  );

  app.delete(
    '/staff/me/totp',
    {
      config: { access: 'staff', refuses: ['TooManyRequests'], grantsAccess: true },
      schema: {
        tags,
        summary: 'Disable your second factor',
        operationId: 'turnOffSecondFactor',
        description: 'Needs the password, unless the session is less than 10 minutes old.',
        body: Proof,
        response: { 200: Ref(StaffMember) },
      },
    },
    async (request, reply) => {
      await requireProof(database, staffOf(request), request.body, originOf(request));
      return write(request, reply, (tx) => turnOffSecondFactor(tx, staffOf(request)));
    },
  );
}
