/** An example of every operation. Each noun has those of its own; reference.test.ts holds them to the schemas. */
import { accountExamples } from './accounts/examples.ts';
import { auditExamples } from './audit/examples.ts';
import { autoExamples } from './auto/examples.ts';
import { bulkExamples } from './bulk/examples.ts';
import { cannedExamples } from './canned/examples.ts';
import { commentExamples } from './comments/examples.ts';
import { draftExamples } from './drafts/examples.ts';
import { erasureExamples } from './erasure/examples.ts';
import { eventExamples } from './events/examples.ts';
import { fileExamples } from './files/examples.ts';
import { handoverExamples } from './handover/examples.ts';
import { handoverKeyExamples } from './handover-keys/examples.ts';
import { heldAnswerExamples } from './held-answers/examples.ts';
import { presenceExamples } from './presence/examples.ts';
import { queueExamples } from './queue/examples.ts';
import { redactionExamples } from './redaction/examples.ts';
import { reportExamples } from './reports/examples.ts';
import { sessionExamples } from './sessions/examples.ts';
import { setAsideEventExamples } from './set-aside-events/examples.ts';
import { slaExamples } from './sla/examples.ts';
import { staffExamples } from './staff/examples.ts';
import { tagExamples } from './tags/examples.ts';
import { ticketExamples } from './tickets/examples.ts';
import { tokenExamples } from './tokens/examples.ts';
import { topicExamples } from './topics/examples.ts';
import { viewExamples } from './views/examples.ts';
import { voteExamples } from './votes/examples.ts';

type Kind = 'schemas' | 'requests' | 'answers' | 'given';

const nouns: Array<Partial<Record<Kind, Record<string, object | string>>>> = [
  ticketExamples,
  commentExamples,
  redactionExamples,
  voteExamples,
  topicExamples,
  fileExamples,
  eventExamples,
  queueExamples,
  bulkExamples,
  draftExamples,
  heldAnswerExamples,
  presenceExamples,
  viewExamples,
  reportExamples,
  auditExamples,
  accountExamples,
  erasureExamples,
  tokenExamples,
  staffExamples,
  sessionExamples,
  handoverExamples,
  handoverKeyExamples,
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
  answers: all('answers'),
  given: all('given'),
};
