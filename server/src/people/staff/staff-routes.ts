import { staffOf } from '#people/access/access.ts';
import type { App, Deps } from '#platform/http/app.ts';
import { Items, Ref } from '#platform/http/schemas.ts';
import { inviteMember, resetMember } from './invitations.ts';
import { InvitedMember, MemberChange, NewMember, StaffMember, StaffPath } from './schema.ts';
import { resetSecondFactor } from './second-factor.ts';
import { changeMember, findMember, listMembers } from './staff.ts';

const tags = ['Staff: people'];

/** A limited token may still rename and disable. */
const givesRights = (body: unknown) => {
  const { role, is_enabled } = body as MemberChange; // checked by the route's schema
  return role !== undefined || is_enabled === true;
};

export function memberStaffRoutes(app: App, { database, write }: Deps) {
  app.get(
    '/staff/me',
    {
      config: { access: 'staff' },
      schema: {
        tags,
        summary: 'Who is asking',
        operationId: 'getMe',
        description: 'The member of staff whose key or session this is.',
        response: { 200: Ref(StaffMember) },
      },
    },
    async (request) => findMember(database.db, staffOf(request), staffOf(request).staffId),
  );

  app.get(
    '/staff/members',
    {
      config: { access: 'staff' },
      schema: {
        tags,
        summary: 'Everybody',
        operationId: 'listMembers',
        description: 'With their roles. Addresses are for admins, and one’s own.',
        response: { 200: Items(StaffMember) },
      },
    },
    async (request) => ({ items: await listMembers(database.db, staffOf(request)) }),
  );

  app.post(
    '/staff/members',
    {
      config: { access: 'admin', showsSecret: true, grantsAccess: true },
      schema: {
        tags,
        summary: 'Invite a member',
        operationId: 'inviteMember',
        description: 'The secret of the invitation is shown this once; it lets the member choose a password.',
        body: NewMember,
        response: { 200: Ref(InvitedMember) },
      },
    },
    (request, reply) => write(request, reply, (tx) => inviteMember(tx, staffOf(request), request.body)),
  );

  app.patch(
    '/staff/members/:staff_id',
    {
      config: { access: 'admin', grantsAccess: givesRights, refuses: ['Conflict'] },
      schema: {
        tags,
        summary: 'Rename a member, change the role, disable or enable',
        operationId: 'changeMember',
        description: 'A field that is left out stays as it is. The last enabled admin stays one.',
        params: StaffPath,
        body: MemberChange,
        response: { 200: Ref(StaffMember) },
      },
    },
    (request, reply) =>
      write(request, reply, (tx) =>
        changeMember(tx, staffOf(request), request.params.staff_id, request.body),
      ),
  );

  app.post(
    '/staff/members/:staff_id/reset',
    {
      config: { access: 'admin', showsSecret: true, grantsAccess: true },
      schema: {
        tags,
        summary: 'Have a member choose a new password',
        operationId: 'resetMember',
        description: 'The old password stops working, and all sessions end. The secret is shown this once.',
        params: StaffPath,
        response: { 200: Ref(InvitedMember) },
      },
    },
    (request, reply) =>
      write(request, reply, (tx) => resetMember(tx, staffOf(request), request.params.staff_id)),
  );

  app.post(
    '/staff/members/:staff_id/reset-second-factor',
    {
      config: { access: 'admin', grantsAccess: true },
      schema: {
        tags,
        summary: 'Turn off the second factor of a member who has lost it',
        operationId: 'resetSecondFactor',
        description: 'The member signs in with the password alone, until they enrol again.',
        params: StaffPath,
        response: { 200: Ref(StaffMember) },
      },
    },
    (request, reply) =>
      write(request, reply, (tx) => resetSecondFactor(tx, staffOf(request), request.params.staff_id)),
  );
}
