/**
 * Unicode normalisation in linear time. Sorting a run of combining marks takes the square of its length, so no run longer
 * than the Stream-Safe Text Format allows (UAX #15, section 13) is ever normalised. No written language needs more.
 */
const MAX_MARKS = 30;

const tooManyMarks = new RegExp(`\\p{M}{${MAX_MARKS + 1}}`, 'u');
const excessMarks = new RegExp(`(\\p{M}{${MAX_MARKS}})\\p{M}+`, 'gu');

/** Whether a run of combining marks is longer than what is normalised. */
export const hasExcessMarks = (text: string): boolean => tooManyMarks.test(text);

/** The normalised text. Combining marks after the first 30 of a run are dropped. */
export const normalise = (text: string, form: 'NFC' | 'NFD' | 'NFKC'): string =>
  text.replace(excessMarks, '$1').normalize(form);
