import type { App, Deps } from '../app.ts';
import { staffOf } from '../http/access.ts';
import { Ref } from '../http/schemas.ts';
import { turnOffSecondFactor } from '../sessions/sign-in.ts';
import { Confirmation, Enrolment, Password, RecoveryCodes, StaffMember } from './schema.ts';
import { confirm, enrol } from './second-factor.ts';

const tags = ['Staff: people'];

export function totpRoutes(app: App, { database, write }: Deps) {
  app.post(
    '/staff/me/totp',
    {
      config: { access: 'staff', showsSecret: true },
      schema: {
        tags,
        summary: 'Begin with an authenticator app',
        operationId: 'enrolSecondFactor',
        response: { 200: Enrolment },
      },
    },
    (request, reply) => write(request, reply, (tx) => enrol(tx, staffOf(request))),
  );

  app.post(
    '/staff/me/totp/confirm',
    {
      config: { access: 'staff', showsSecret: true },
      schema: {
        tags,
        summary: 'Turn the second factor on',
        operationId: 'confirmSecondFactor',
        body: Confirmation,
        response: { 200: RecoveryCodes },
      },
    },
    (request, reply) => write(request, reply, (tx) => confirm(tx, staffOf(request), request.body.code)),
  );

  app.delete(
    '/staff/me/totp',
    {
      config: { access: 'staff', refuses: ['TooManyRequests'] },
      schema: {
        tags,
        summary: 'Turn the second factor off',
        operationId: 'turnOffSecondFactor',
        body: Password,
        response: { 200: Ref(StaffMember) },
      },
    },
    async (request) => turnOffSecondFactor(database, staffOf(request), request.body.password, request.ip),
  );
}
