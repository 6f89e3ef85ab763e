/** Tells one scenario as a story: every line at a believable time, what people do besides writing, and the end. */
import type { ClientActor } from '#actor.ts';
import { finish, giveUp, solveAlone } from './endings.ts';
import type { Random } from './random.ts';
import type { Line, Scenario, Split } from './scenario.ts';
import { fill, type Scene } from './slots.ts';
import type { Story } from './story.ts';
import {
  answer,
  ask,
  type Colleague,
  comment,
  consult,
  DAY,
  glance,
  HOUR,
  note,
  openTicket,
  pass,
  type Teller,
  takeUp,
} from './teller.ts';

interface Part {
  scenario: Scenario;
  scene: Scene;
  summary: string;
  client: ClientActor;
  crew: Colleague[];
  /** Whether it ends with its opening. */
  isUnanswered: boolean;
}

/** The story, and that of a ticket split from it. What would happen after `now` has not happened yet. */
export function tell(part: Part, now: number): Story[] {
  const { scenario, scene, crew } = part;
  const { random, opened } = scene;
  const teller: Teller = { ...part, story: newStory(part), at: opened, teamMember: random.pick(crew) };
  const told = part.isUnanswered ? scenario.lines.slice(0, 1) : linesTold(random, scenario, now - opened);
  const [first, ...rest] = told;
  if (first) openTicket(teller, first);
  tellLines(teller, rest);
  if (part.isUnanswered || told.length < scenario.lines.length) {
    breakOff(teller, told, now - opened);
    return happened([teller.story], now);
  }
  const stories = scenario.split ? [teller.story, splitOff(teller, scenario.split).story] : [teller.story];
  finish(teller);
  return happened(stories, now);
}

const FRESH = 7 * HOUR;

/** Not every client answers, and what is young is still in progress. */
function linesTold(random: Random, { lines, closed, split }: Scenario, ageMs: number): Line[] {
  if (closed || lines.length < 3) return lines;
  if (ageMs < FRESH && random.chance(0.5)) return lines.slice(0, 1);
  if (ageMs < 3 * DAY && random.chance(0.55)) return lines.slice(0, random.pick(pauses(lines)) + 1);
  if ('client' in (lines[0] ?? {}) && random.chance(0.025)) return lines.slice(0, 1);
  if (!split && random.chance(0.1)) return lines.slice(0, random.pick(questions(lines)) + 1);
  return lines;
}

function breakOff(teller: Teller, told: Line[], ageMs: number) {
  if ('support' in (told.at(-1) ?? {})) giveUp(teller);
  else if (told.length === 1 && ageMs > FRESH) solveAlone(teller);
  else waitForSupport(teller, told.length === 1);
}

/** It is support's turn: a new ticket is looked at before it is anybody's, and of some a team member is asked. */
function waitForSupport(teller: Teller, isNew: boolean) {
  const { random } = teller.scene;
  if (isNew && random.chance(0.35)) takeUp(teller, random.int(2, 12));
  else if (isNew) glance(teller);
  if (isTaken(teller) && random.chance(0.7)) ask(teller);
}

const isTaken = ({ story }: Teller) =>
  story.moves.some((move) => move.does === 'triage' && move.change.assignee_id !== undefined);

/** Where a conversation may stand: where the client has just written again, or else where support has replied. */
function pauses(lines: Line[]): number[] {
  const firstResponse = lines.findIndex((line) => 'support' in line);
  const replies = lines.flatMap((line, i) =>
    'client' in line && i > firstResponse && i < lines.length - 1 ? [i] : [],
  );
  return [firstResponse, ...replies, ...replies];
}

/** Where support is followed by the client: what may stay without an answer. */
const questions = (lines: Line[]) =>
  lines.flatMap((line, i) => ('support' in line && 'client' in (lines[i + 1] ?? {}) ? [i] : []));

/** Everything after the opening. */
function tellLines(teller: Teller, lines: Line[]) {
  for (const line of lines) {
    if ('note' in line) note(teller, line);
    else if ('client' in line) comment(teller, line);
    else answer(teller, line, statusAfter(teller, line));
    if ('client' in line && !teller.scenario.split && teller.scene.random.chance(0.06)) consult(teller);
  }
}

/** An answer that asks waits for the client; of the last ones, half end the matter at once. */
function statusAfter({ scenario, scene }: Teller, line: Line) {
  const next = scenario.lines.slice(scenario.lines.indexOf(line) + 1).find((one) => !('note' in one));
  if (next) return 'support' in next ? 'in_progress' : 'await_client';
  return scenario.split || scene.random.chance(0.5) ? 'await_client' : 'resolved';
}

/** Moves some comments to a ticket of their own, says so here, and tells on there. */
function splitOff(teller: Teller, { lines, summary, notice, there }: Split): Teller {
  const { scenario, scene, crew, teamMember, story } = teller;
  const said = { at: teller.at, speaker: scene.client };
  const into: Story = { ...story, summary: fill(summary, scene, said), moves: [] };
  pass(teller, scene.random.int(6, 25), { does: 'split', actor: teamMember.actor, comments: lines, into });
  const part = { scenario: { ...scenario, lines: there, split: undefined }, story: into };
  const target: Teller = { ...teller, ...part, teamMember: scene.random.pick(crew) };
  pass(teller, 1, { does: 'answer', ...sayingOf(teller, notice), files: [], status_key: 'await_client' });
  tellLines(target, there);
  finish(target);
  return target;
}

function sayingOf({ scene, teamMember, at }: Teller, text: string) {
  return { actor: teamMember.actor, body: fill(text, scene, { at, speaker: teamMember.agent }) };
}

function newStory({ scenario, scene, summary, client }: Part): Story {
  const { random, customer } = scene;
  const others = customer.people.filter((person) => person !== scene.client);
  const copied = others.length > 0 && random.chance(0.22) ? [random.pick(others)] : [];
  return {
    account_id: client.accountId,
    summary,
    topic_key: scenario.topic,
    client_aliased_name: scene.isNamed ? scene.client.name : null,
    client_emails: copied.map(({ mailbox }) => customer.email.replace(/^[^@]+/, mailbox)),
    moves: [],
  };
}

function happened(stories: Story[], now: number): Story[] {
  for (const story of stories) story.moves = story.moves.filter(({ at }) => at <= now);
  return stories.filter(({ moves }) => moves.length > 0);
}
