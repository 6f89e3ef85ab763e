/** E-mail addresses: the one form in which they are stored, looked up and counted. */
import { domainToASCII, domainToUnicode } from 'node:url';
import { normalise } from './normalise.ts';

/** An address in that form. Only `addressOf` makes one. */
export type Address = string & { readonly form: 'address' };

const MAX_DOMAIN = 255; // Punycode takes the square of its length
// Of the end: only from the beginning of a run, so that each run is walked once.
const invisible = '[\\s\\p{Z}\\p{C}\\p{DI}\\u2800]';
const edges = new RegExp(`^${invisible}+|(?<!${invisible})${invisible}+$`, 'gu');

/**
 * Without white space and invisible characters at its ends, composed, in lower case, and with a domain in Unicode:
 * `info@пример.рф` and `info@xn--e1afmkfd.xn--p1ai` are one address.
 */
export function addressOf(text: string): Address {
  const plain = normalise(text.replace(edges, ''), 'NFC').toLowerCase();
  const at = plain.lastIndexOf('@') + 1;
  return (at === 0 ? plain : plain.slice(0, at) + domainOf(plain.slice(at))) as Address; // that form
}

/** What IDNA does not know, or would read as an IP address or as more than a domain, stays as it is. */
function domainOf(domain: string): string {
  if (domain.length > MAX_DOMAIN || (/^[ -~]*$/.test(domain) && !domain.includes('xn--'))) return domain;
  const ascii = domainToASCII(domain);
  const isDomain = /^[a-z\d.-]+$/.test(ascii) && !/^[\d.]+$/.test(ascii);
  return isDomain ? domainToUnicode(ascii) : domain;
}
