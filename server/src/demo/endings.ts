/** How stories end: by the client with or without a vote, by support after inactivity, and at times not yet. */
import { system } from '#actor.ts';
import { fill as fillPlaceholders } from '#desk/canned-responses/placeholders.ts';
import { reminder } from './canned.ts';
import { inactivity, rulelessTopic } from './house.ts';
import { fill } from './slots.ts';
import { answer, comeBack, DAY, pass, passDays, type Teller } from './teller.ts';

const GIVEN_UP_DAYS = 21; // by people

/** Everything is said: the ticket is resolved and sooner or later closed. */
export function finish(teller: Teller) {
  const { scenario, scene, teamMember } = teller;
  const { random } = scene;
  const { closed } = scenario;
  if (closed)
    return pass(teller, random.int(1, 15), { does: 'closeAsStaff', actor: teamMember.actor, reason: closed });
  const byClient = random.chance(0.66);
  if (!isResolved(teller) && (!byClient || random.chance(0.4)))
    pass(teller, random.int(8, 300), { does: 'resolve', actor: teamMember.actor });
  if (byClient) {
    closeByClient(teller);
    if (scenario.mayReturn && random.chance(0.3)) comeBackWith(teller);
  } else closeAfterSilence(teller);
}

/** The client never answers what support asked. */
export function giveUp(teller: Teller) {
  const { scene, teamMember, at: asked } = teller;
  const { random, phrases } = scene;
  if (random.chance(0.5)) comeBack(teller, random.int(30, 3000));
  if (isLeftToPeople(teller)) {
    const reason = random.pick(phrases.unanswered);
    return passDays(teller, asked, GIVEN_UP_DAYS, { does: 'closeAsStaff', actor: teamMember.actor, reason });
  }
  const { remind_after_days, close_after_days } = inactivity;
  passDays(teller, asked, remind_after_days, { does: 'remind', actor: system, body: reminderFor(teller) });
  const reminded = teller.at;
  if (random.chance(0.6)) comeBack(teller, random.int(30, 3000));
  passDays(teller, reminded, close_after_days - remind_after_days, { does: 'closeSilent', actor: system });
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

const isLeftToPeople = ({ scenario }: Teller) => scenario.topic === rulelessTopic;

/** As the product fills it. */
function reminderFor({ story, scene: { customer } }: Teller): string {
  return fillPlaceholders(reminder.bodies[customer.locale], {
    client_name: story.client_aliased_name ?? customer.name,
    account_name: customer.name,
    ticket_number: '', // nobody knows it yet, and the reminder does not say it
    ticket_summary: story.summary,
    agent_name: { en: 'Support', ru: 'Поддержка' }[customer.locale],
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
  const { scene, teamMember, client } = teller;
  const { random, phrases } = scene;
  let since = teller.at;
  if (random.chance(0.7)) comeBack(teller, random.int(20, 2500));
  if (random.chance(0.15)) {
    pass(teller, random.int(1, 5), { does: 'vote', actor: client, ...opinion(teller) });
    since = teller.at;
  }
  const closing = isLeftToPeople(teller)
    ? ({ does: 'closeAsStaff', actor: teamMember.actor, reason: phrases.undisputed } as const)
    : ({ does: 'closeSilent', actor: system } as const);
  passDays(teller, since, inactivity.close_resolved_after_days, closing);
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

function opinion({ scene, teamMember }: Teller): { score: number; comment?: string } {
  const { random, phrases } = scene;
  const score = random.pick(scores);
  const said = score >= 8 ? phrases.praise : score <= 6 ? phrases.complaint : [];
  if (said.length === 0 || random.chance(0.45)) return { score };
  return { score, comment: fill(random.pick(said), scene, { at: 0, speaker: teamMember.agent }) };
}
