/** E-mail addresses: the one normalised form in which they are stored, compared and counted. */
import { domainToASCII, domainToUnicode } from 'node:url';
import { normalise } from './normalise.ts';

/** A normalised address. Only `addressOf` makes one. */
export type Address = string & { readonly form: 'address' };

const MAX_DOMAIN = 255; // punycode takes quadratic time
// For trimming the end: the match must start at the beginning of a run, so that each run is scanned once.
const invisible = '[\\s\\p{Z}\\p{C}\\p{DI}\\u2800]';
const edges = new RegExp(`^${invisible}+|(?<!${invisible})${invisible}+$`, 'gu');

/**
 * Trims white space and invisible characters, composes, lower-cases, and writes the domain in Unicode:
 * `info@пример.рф` and `info@xn--e1afmkfd.xn--p1ai` are the same address.
 */
export function addressOf(text: string): Address {
  const plain = normalise(text.replace(edges, ''), 'NFC').toLowerCase();
  const at = plain.lastIndexOf('@') + 1;
  return (at === 0 ? plain : plain.slice(0, at) + domainOf(plain.slice(at))) as Address; // normalised here
}

/** A domain that IDNA does not accept, or would read as an IP address or as more than a domain, is kept as it is. */
function domainOf(domain: string): string {
  if (domain.length > MAX_DOMAIN || (/^[ -~]*$/.test(domain) && !domain.includes('xn--'))) return domain;
  const ascii = domainToASCII(domain);
  const isDomain = /^[a-z\d.-]+$/.test(ascii) && !/^[\d.]+$/.test(ascii);
  return isDomain ? domainToUnicode(ascii) : domain;
}
