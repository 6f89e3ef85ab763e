/** Which of the statements that a run of the tests has recorded the catalogue keeps. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readable, type Statement } from './catalogue.ts';
import type { Recorded } from './record.ts';
import { hashOf } from './template.ts';

/** A recorded statement with the texts of its parts that the code does not have as they are, such as names of columns. */
interface Candidate extends Statement {
  dynamic: string[];
}

/** Reads what the recorders wrote; statements whose template is not the product's, such as those of tests, are left out. */
export function readRecorded(folder: string, isInCode: (hash: string) => boolean): Candidate[] {
  const lines = readdirSync(folder).flatMap((name) => readFileSync(join(folder, name), 'utf8').split('\n'));
  const texts = new Map<string, Candidate>();
  for (const line of lines.filter((line) => line.endsWith('}'))) {
    const candidate = candidateOf(JSON.parse(line), isInCode);
    if (isInCode(candidate.hash)) texts.set(`${candidate.hash} ${candidate.text}`, candidate);
  }
  return [...texts.values()];
}

function candidateOf({ template, parts, text }: Recorded, isInCode: (hash: string) => boolean): Candidate {
  const inCode = new Set<string>();
  const dynamic = new Set<string>();
  for (const pieces of parts) {
    const hash = hashOf(pieces);
    if (isInCode(hash)) inCode.add(hash);
    else dynamic.add(squeeze(pieces.join('')));
  }
  return { hash: hashOf(template), parts: [...inCode], dynamic: [...dynamic], text: readable(text) };
}

/**
 * One template gives many texts, by the fragments in it. Kept are as few as have every fragment that was seen in it; of
 * those that do as well, what the catalogue has already and then the first by length and alphabet, so that a further run
 * changes nothing.
 */
export function choose(kept: Statement[], recorded: Candidate[]): Statement[] {
  const all = [...kept, ...recorded].map(({ hash }) => hash);
  return [...new Set(all)].flatMap((hash) => {
    const isOwn = (statement: Statement) => statement.hash === hash;
    return cover(kept.filter(isOwn), recorded.filter(isOwn));
  });
}

function cover(kept: Statement[], candidates: Candidate[]): Statement[] {
  const chosen = [...kept];
  const left = candidates.toSorted((a, b) => a.text.length - b.text.length || (a.text < b.text ? -1 : 1));
  while (left.length > 0) {
    const gains = left.map((candidate) => gainOf(candidate, chosen));
    const most = Math.max(...gains);
    if (most === 0 && chosen.length > 0) break;
    chosen.push(
      ...left.splice(gains.indexOf(most), 1).map(({ hash, parts, text }) => ({ hash, parts, text })),
    );
  }
  return chosen;
}

/** How many parts of the candidate no chosen statement has. */
function gainOf({ parts, dynamic }: Candidate, chosen: Statement[]): number {
  const missing = parts.filter((part) => !chosen.some((statement) => statement.parts.includes(part)));
  const unseen = dynamic.filter(
    (text) => !chosen.some((statement) => squeeze(statement.text).includes(text)),
  );
  return missing.length + unseen.length;
}

const squeeze = (text: string) => text.replace(/\s+/g, ' ');
