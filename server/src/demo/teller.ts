/** The steps that a story is told in: who does what, how long after what went before. */
import type { ClientActor, StaffActor } from '#actor.ts';
import { makeAttachment } from './attachments.ts';
import type { Agent } from './cast.ts';
import type { Line, Scenario } from './scenario.ts';
import { fill, type Scene } from './slots.ts';
import type { Move, Story } from './story.ts';
import { triageOf } from './triage.ts';

/** Somebody of support. */
export interface Colleague {
  agent: Agent;
  actor: StaffActor;
}

/** A story as far as it is told. */
export interface Teller {
  scenario: Scenario;
  scene: Scene;
  client: ClientActor;
  /** Who of support speaks the customer's language. */
  crew: Colleague[];
  /** Who of them is at it. */
  teamMember: Colleague;
  story: Story;
  /** When the last thing happened, in milliseconds since 1970. */
  at: number;
}

type Doing = Move extends infer Each ? (Each extends Move ? Omit<Each, 'at'> : never) : never;

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** Something happens, so many minutes after the last. */
export function pass(teller: Teller, minutes: number, doing: Doing) {
  teller.at += Math.round(minutes * MINUTE) + teller.scene.random.int(1, 59_999);
  teller.story.moves.push({ at: teller.at, ...doing } as Move); // a Move is exactly a Doing with its time
}

/** Something happens so many days after another time, when the clock looks, as it does every ten minutes. */
export function passDays(teller: Teller, since: number, days: number, doing: Doing) {
  teller.at = since + days * DAY;
  pass(teller, teller.scene.random.int(0, 8), doing);
}

export function openTicket(teller: Teller, line: Line) {
  const { scene, client, teamMember, at } = teller;
  const actor = 'client' in line ? client : teamMember.actor;
  const speaker = 'client' in line ? scene.client : teamMember.agent;
  const body = fill(textOf(line), scene, { at, speaker });
  teller.story.moves.push({ at, does: 'open', actor, body, files: attached(teller, line) });
  if ('support' in line) takeUp(teller, 1);
}

/** The client comes back, reads, at times votes on the answer, and writes. */
export function comment(teller: Teller, line: Line) {
  const { scene, client, story } = teller;
  const { random } = scene;
  comeBack(teller, line.later ? random.int(15, 28) * 60 : bounded(random.around(38, 1.1), 3, 2600));
  if (random.chance(0.1) && story.moves.some(({ does }) => does === 'answer')) voteOnAnswer(teller);
  const body = fill(textOf(line), scene, { at: teller.at, speaker: scene.client });
  pass(teller, random.int(1, 5), { does: 'comment', actor: client, body, files: attached(teller, line) });
}

/** The client reads what there is, at an hour at which people are awake. */
export function comeBack(teller: Teller, minutes: number) {
  const { scene, client } = teller;
  teller.at += Math.round(minutes * MINUTE);
  const hour = (new Date(teller.at).getUTCHours() + scene.customer.utcOffsetHours) % 24;
  const asleep = hour >= 23 || hour < 7;
  if (asleep && scene.random.chance(0.85))
    teller.at += ((32 - hour) % 24) * HOUR + scene.random.int(0, 80) * MINUTE;
  pass(teller, 0, { does: 'read', actor: client });
}

/** Support replies; `status_key` is where the ticket goes with it. */
export function answer(teller: Teller, line: Line, status_key: 'in_progress' | 'await_client' | 'resolved') {
  const { scene } = teller;
  const { random } = scene;
  const last = teller.story.moves.at(-1);
  const minutes = line.later
    ? random.int(9, 21) * 60
    : bounded(random.around(last?.does === 'answer' ? 65 : 18, 0.9), 2, 540);
  if (!isAnswered(teller)) takeUp(teller, minutes / 2);
  if (minutes > 480 && random.chance(0.5)) teller.teamMember = random.pick(teller.crew);
  const { agent, actor } = teller.teamMember;
  const body = fill(textOf(line), scene, { at: teller.at + minutes * MINUTE, speaker: agent });
  pass(teller, minutes, { does: 'answer', actor, body, files: attached(teller, line), status_key });
}

/** Whoever of support takes a ticket up says how urgent it is and, often enough, of what kind. */
export function takeUp(teller: Teller, minutes: number) {
  const { scenario, scene, story } = teller;
  const { actor } = teller.teamMember;
  const type = scene.random.chance(0.5) ? scenario.type : undefined;
  const change = { ...triageOf(story), assignee_id: actor.staffId, ...(type && { type }) };
  pass(teller, minutes, { does: 'triage', actor, change });
}

/** Somebody has looked how urgent it is; it stays nobody's. */
export function glance(teller: Teller) {
  const { scene, story, teamMember } = teller;
  const change = triageOf(story);
  if (change.priority === 'normal') return;
  pass(teller, scene.random.int(1, 6), { does: 'triage', actor: teamMember.actor, change });
}

/** Whose ticket it is asks a team member, who has not looked yet. */
export function ask(teller: Teller) {
  const { scenario, scene, teamMember, crew, at } = teller;
  const { random, phrases } = scene;
  const other = random.pick(crew.filter(({ agent }) => agent !== teamMember.agent));
  const aside = random.pick(
    phrases.asides.filter(({ topics }) => topics === undefined || topics.includes(scenario.topic)),
  );
  const body = fill(aside.ask, scene, { at, speaker: teamMember.agent, to: other.agent });
  const mentions = [other.actor.staffId];
  pass(teller, random.int(1, 5), { does: 'note', actor: teamMember.actor, body, mentions });
  return { other, tell: aside.tell };
}

/** A team member is asked, and answers. */
export function consult(teller: Teller) {
  const { other, tell } = ask(teller);
  const { scene, at } = teller;
  const body = fill(tell, scene, { at, speaker: other.agent });
  pass(teller, scene.random.int(2, 9), { does: 'note', actor: other.actor, body });
}

export function note(teller: Teller, line: Line) {
  const { scene, teamMember } = teller;
  const body = fill(textOf(line), scene, { at: teller.at, speaker: teamMember.agent });
  pass(teller, bounded(scene.random.around(7, 0.7), 2, 60), { does: 'note', actor: teamMember.actor, body });
}

const textOf = (line: Line) =>
  'client' in line ? line.client : 'support' in line ? line.support : line.note;

function attached({ scene, at }: Teller, { file }: Line) {
  return file ? [makeAttachment(file, scene, at)] : [];
}

const isAnswered = ({ story }: Teller) =>
  story.moves.some(({ does, actor }) => does === 'answer' || (does === 'open' && actor.kind === 'staff'));

function voteOnAnswer(teller: Teller) {
  const { scene, client } = teller;
  const { random, phrases } = scene;
  const isGood = random.chance(0.85);
  const comment = random.chance(0.35) ? random.pick(isGood ? phrases.liked : phrases.disliked) : undefined;
  pass(teller, 1, { does: 'voteOnAnswer', actor: client, score: isGood ? 1 : -1, comment });
}

const bounded = (value: number, min: number, max: number) => Math.min(max, Math.max(min, value));
