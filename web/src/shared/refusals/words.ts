/**
 * What is said to people when a request has failed: by the code of the problem, and the field that it is about, in the
 * language of the page. The server’s `detail` is for programs, and in English.
 */
import { plural, t } from '@lingui/core/macro';
import { ApiError } from '#api/errors.ts';
import { i18n } from '../i18n.ts';
import { commonWords, fieldWords, type RefusalWords } from './common.ts';

/** What a proxy refuses has a status and no code. */
const codes: Record<string, string> = {
  http_401: 'unauthorized',
  http_403: 'forbidden',
  http_408: 'request_timeout',
  http_413: 'too_large',
  http_429: 'too_many_requests',
};

interface Words {
  refusals: RefusalWords;
  fields: RefusalWords;
}

/** `own` are the words of a face besides the common ones. */
export function refusalSpeaker(own: Words = { refusals: {}, fields: {} }) {
  const refusals = { ...commonWords, ...own.refusals };
  const fields = { ...fieldWords, ...own.fields };

  /** `seconds` until the next try, where somebody counts them. */
  function wordsOf(error: unknown, seconds?: number): string {
    if (!(error instanceof ApiError)) return t`Something went wrong. Please try again.`;
    const { status, problem, retryAfter } = error;
    const left = seconds ?? retryAfter;
    if (status === 429 && left !== null) return waitingWords(left);
    const [first] = problem?.errors ?? [];
    return first ? wordsOfField(error.code, first.pointer) : wordsOfCode(error.code, status);
  }

  function wordsOfCode(given: string, status = 0): string {
    const code = codes[given] ?? given;
    const words = refusals[code];
    if (words) return i18n._(words);
    return status >= 500
      ? t`The server has a problem (${code}). Please try again.`
      : t`The server has refused it (${code}).`;
  }

  /** What is wrong with the field that a pointer of the problem names: `/files/2` is about files. */
  function wordsOfField(code: string, pointer: string): string {
    const name = pointer.split('/').findLast((part) => /^[a-z_]+$/.test(part)) ?? '';
    const words = code === 'invalid_request' && fields[name];
    return words ? i18n._(words) : wordsOfCode(code);
  }

  return { wordsOf, wordsOfCode, wordsOfField };
}

function waitingWords(seconds: number): string {
  if (seconds === 0) return t`You can try again now.`;
  return plural(seconds, {
    one: 'Too many requests: wait # second',
    other: 'Too many requests: wait # seconds',
  });
}

/** With the common words alone. */
export const { wordsOf, wordsOfCode, wordsOfField } = refusalSpeaker();
