/** Fields of later revisions of the given API: which contacts of an account can see a ticket, and what it is about. */
import { CommaSeparated, Text, VISIBLE } from '#platform/http/schemas.ts';
import Type from '#platform/type.ts';

const accessLevels = ['account_users', 'project_users', 'all_users'] as const;
const AccessLevel = Type.Unsafe<(typeof accessLevels)[number]>({
  type: 'string',
  enum: accessLevels,
  description: 'Which contacts of the account see it. `project_users`: those who have its project.',
});
const PROJECTS = 'The project of the ticket, by its id at the host. At most one.';
const Projects = Type.Array(Text(64), { minItems: 1, maxItems: 1, description: PROJECTS });
const NOTICE = 'The host’s id of the notice that the ticket is about, returned as sent.';
const NoticeId = Type.Unsafe<number | string>({
  type: ['integer', 'string'],
  minimum: 0,
  maximum: Number.MAX_SAFE_INTEGER,
  minLength: 1,
  maxLength: 100,
  pattern: VISIBLE,
  description: NOTICE,
});

export const accessShown = {
  access_level: AccessLevel,
  keystone_projects: Type.Array(Type.String(), { description: PROJECTS }),
  notice_id: Type.Unsafe<number | string | null>({
    type: ['integer', 'string', 'null'],
    description: NOTICE,
  }),
};

export const accessChange = { access_level: AccessLevel, keystone_projects: Projects };

const optional = { access_level: Type.Optional(AccessLevel), keystone_projects: Type.Optional(Projects) };
export const newAccess = { ...optional, notice_id: Type.Optional(NoticeId) };

const AccessFields = Type.Object(optional);
export type TicketAccess = Type.Static<typeof AccessFields>;

export const accessFilters = {
  access_level: CommaSeparated(accessLevels.join('|'), 'Which contacts of the account see it.'),
  keystone_projects: Type.Optional(
    Text(3250, 'The project. Several values, separated by commas, match any of them.'),
  ),
  notice_id: Type.Optional(
    Text(
      5050,
      'The host’s id of the notice that the ticket is about. Several values, separated by commas, match any of them.',
    ),
  ),
};
