import { staffOf } from '#people/access/access.ts';
import type { App, Deps } from '#platform/http/app.ts';
import { Items, Ref } from '#platform/http/schemas.ts';
import { inviteMember, resetMember } from './invitations.ts';
import { InvitedMember, MemberChange, NewMember, StaffMember, StaffPath } from './schema.ts';
import { resetSecondFactor } from './second-factor.ts';
import { changeMember, listMembers } from './staff.ts';

const tags = ['Staff: people'];

/** A limited token may still rename and disable. */
const givesRights = (body: unknown) => {
  const { role, is_enabled } = body as MemberChange; // checked by the route's schema
  return role !== undefined || is_enabled === true;
};

export function memberStaffRoutes(app: App, { database, write }: Deps) {
  app.get(
    '/staff/members',
    {
      config: { access: 'staff' },
      schema: {
        tags,
        summary: 'List team members',
        operationId: 'listMembers',
        description: 'Returns all members with their roles. Only admins see the e-mail addresses of others.',
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
        description:
          'The invitation has a secret with which the member chooses a password. It is shown only once.',
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
        summary: 'Rename, disable or enable a member, or change the role',
        operationId: 'changeMember',
        description:
          'Fields that are left out do not change. The last enabled admin cannot be disabled or become an agent.',
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
        summary: 'Reset the password of a member',
        operationId: 'resetMember',
        description:
          'The old password stops working and all sessions end. The new secret is shown only once.',
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
        summary: 'Reset the second factor of a member',
        operationId: 'resetSecondFactor',
        description:
          'The member then signs in with the password only, until they enable a second factor again.',
        params: StaffPath,
        response: { 200: Ref(StaffMember) },
      },
    },
    (request, reply) =>
      write(request, reply, (tx) => resetSecondFactor(tx, staffOf(request), request.params.staff_id)),
  );
}
