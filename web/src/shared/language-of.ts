/** The language of a text of people, for screen readers and fonts: `lang` where it is another one than that of the page. */

const SAMPLE = 2000;
/** Fewer letters say nothing: an address, a name, “ok”. */
const ENOUGH = 8;

/** `ru` or `en` by most of its letters, outside of code and addresses; null where there is no telling. */
export function languageOf(text: string): 'ru' | 'en' | null {
  const words = text.slice(0, SAMPLE).replace(/```[\s\S]*?(?:```|$)|`[^`\n]*`|\S+[@./_:]\S+/g, ' ');
  const cyrillic = words.match(/\p{Script=Cyrillic}/gu)?.length ?? 0;
  const latin = words.match(/\p{Script=Latin}/gu)?.length ?? 0;
  if (cyrillic + latin < ENOUGH) return null;
  if (cyrillic > latin) return 'ru'; // names of products stand in Latin in Russian texts
  return latin > 9 * cyrillic ? 'en' : null;
}
