/** An example of every operation, collected from the resources. reference.test.ts checks them against the schemas. */
import { auditExamples } from '#desk/audit/examples.ts';
import { bulkExamples } from '#desk/bulk/examples.ts';
import { cannedExamples } from '#desk/canned-responses/examples.ts';
import { clientProfileExamples } from '#desk/client-profile/examples.ts';
import { delayedReplyExamples } from '#desk/delayed-replies/examples.ts';
import { draftExamples } from '#desk/drafts/examples.ts';
import { erasureExamples } from '#desk/erasure/examples.ts';
import { eventExamples } from '#desk/feed/examples.ts';
import { fileExamples } from '#desk/files/examples.ts';
import { autoExamples } from '#desk/inactivity/examples.ts';
import { incidentExamples } from '#desk/incidents/examples.ts';
import { notificationExamples } from '#desk/notifications/examples.ts';
import { presenceExamples } from '#desk/presence/examples.ts';
import { queueExamples } from '#desk/queue/examples.ts';
import { viewExamples } from '#desk/queue/views/examples.ts';
import { redactionExamples } from '#desk/redaction/examples.ts';
import { reportExamples } from '#desk/reports/examples.ts';
import { setAsideEventExamples } from '#desk/set-aside-events/examples.ts';
import { slaExamples } from '#desk/sla/examples.ts';
import { tagExamples } from '#desk/tags/examples.ts';
import { commentExamples } from '#desk/tickets/comments/examples.ts';
import { ticketExamples } from '#desk/tickets/examples.ts';
import { voteExamples } from '#desk/tickets/votes/examples.ts';
import { topicExamples } from '#desk/topics/examples.ts';
import { workspaceExamples } from '#desk/workspace/examples.ts';
import { accountExamples } from '#people/accounts/examples.ts';
import { ssoExamples } from '#people/sso/examples.ts';
import { ssoKeyExamples } from '#people/sso-keys/examples.ts';
import { staffExamples } from '#people/staff/examples.ts';
import { sessionExamples } from '#people/staff/sessions/examples.ts';
import { tokenExamples } from '#people/tokens/examples.ts';

type Kind = 'schemas' | 'requests' | 'responses' | 'given';

const nouns: Array<Partial<Record<Kind, Record<string, object | string>>>> = [
  ticketExamples,
  workspaceExamples,
  commentExamples,
  redactionExamples,
  voteExamples,
  topicExamples,
  incidentExamples,
  fileExamples,
  eventExamples,
  queueExamples,
  bulkExamples,
  draftExamples,
  delayedReplyExamples,
  notificationExamples,
  presenceExamples,
  viewExamples,
  reportExamples,
  auditExamples,
  accountExamples,
  erasureExamples,
  tokenExamples,
  staffExamples,
  sessionExamples,
  ssoExamples,
  clientProfileExamples,
  ssoKeyExamples,
  cannedExamples,
  tagExamples,
  slaExamples,
  autoExamples,
  setAsideEventExamples,
];

const all = (kind: Kind) => Object.assign({}, ...nouns.map((noun) => noun[kind]));

export const examples = {
  schemas: all('schemas'),
  requests: all('requests'),
  responses: all('responses'),
  given: all('given'),
};
