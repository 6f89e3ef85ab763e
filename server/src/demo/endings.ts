/** How stories end: by the client with or without a vote, by support after silence, and at times not yet. */

import { fill } from './slots.ts';
import { answer, comeBack, DAY, pass, type Teller } from './teller.ts';

const DAY_MINUTES = 24 * 60;
const UNDISPUTED_DAYS = 14;
const UNANSWERED_DAYS = 21;

/** Everything is said: the ticket is resolved and sooner or later closed. */
export function finish(teller: Teller) {
  const { scenario, scene, colleague } = teller;
  const { random } = scene;
  const { closed } = scenario;
  if (closed)
    return pass(teller, random.int(1, 15), { does: 'closeAsStaff', actor: colleague.actor, reason: closed });
  const byClient = random.chance(0.66);
  if (!isResolved(teller) && (!byClient || random.chance(0.4)))
    pass(teller, random.int(8, 300), { does: 'resolve', actor: colleague.actor });
  if (byClient) {
    closeByClient(teller);
    if (scenario.mayReturn && random.chance(0.3)) comeBackWith(teller);
  } else closeAfterSilence(teller);
}

/** The client never answers what support asked. */
export function giveUp(teller: Teller) {
  const { scene, colleague } = teller;
  const { random, phrases } = scene;
  if (random.chance(0.5)) comeBack(teller, random.int(30, 3000));
  const reason = random.pick(phrases.unanswered);
  pass(teller, UNANSWERED_DAYS * DAY_MINUTES + random.int(0, 1500), {
    does: 'closeAsStaff',
    actor: colleague.actor,
    reason,
  });
}

/** The client finds the answer first. */
export function solveAlone(teller: Teller) {
  const { random, phrases } = teller.scene;
  pass(teller, random.int(4, 50), {
    does: 'close',
    actor: teller.client,
    comment: random.pick(phrases.feedback),
  });
}

const isResolved = ({ story }: Teller) => {
  const last = story.moves.at(-1);
  return last?.does === 'resolve' || (last?.does === 'answer' && last.status_key === 'resolved');
};

function closeByClient(teller: Teller) {
  const { random } = teller.scene;
  comeBack(teller, Math.min(4000, random.around(150, 1.2)));
  const vote = random.chance(teller.scenario.type === 'notice' ? 0.2 : 0.62) ? opinion(teller) : {};
  pass(teller, random.int(1, 4), { does: 'close', actor: teller.client, ...vote });
}

function closeAfterSilence(teller: Teller) {
  const { scene, colleague, client } = teller;
  const { random, phrases } = scene;
  const start = teller.at;
  if (random.chance(0.7)) comeBack(teller, random.int(20, 2500));
  if (random.chance(0.15))
    pass(teller, random.int(1, 5), { does: 'vote', actor: client, ...opinion(teller) });
  const waited = (teller.at - start) / 60_000;
  const minutes = UNDISPUTED_DAYS * DAY_MINUTES - waited + random.int(0, 600);
  pass(teller, minutes, { does: 'closeAsStaff', actor: colleague.actor, reason: phrases.undisputed });
}

/** Some days later the client goes on with a closed ticket. */
function comeBackWith(teller: Teller) {
  const { scene, client } = teller;
  const { random, phrases } = scene;
  const again = random.pick(phrases.reopen);
  teller.at += random.int(1, 6) * DAY;
  const body = fill(again.client, scene, { at: teller.at, speaker: scene.client });
  pass(teller, random.int(5, 200), { does: 'reopen', actor: client, body });
  answer(teller, { support: again.support }, 'resolved');
  if (random.chance(0.6)) closeByClient(teller);
  else closeAfterSilence(teller);
}

const scores = [10, 10, 10, 10, 10, 9, 9, 9, 8, 8, 7, 6, 5, 3, 2];

function opinion({ scene, colleague }: Teller): { score: number; comment?: string } {
  const { random, phrases } = scene;
  const score = random.pick(scores);
  const said = score >= 8 ? phrases.praise : score <= 6 ? phrases.complaint : [];
  if (said.length === 0 || random.chance(0.45)) return { score };
  return { score, comment: fill(random.pick(said), scene, { at: 0, speaker: colleague.agent }) };
}
