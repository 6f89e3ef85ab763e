/**
 * Parses the file name of a form part. Browsers send raw UTF-8 with `"` as %22; other clients send `filename*` (RFC
 * 5987), percent-encode the whole name, or use RFC 2047 words as in mail. Decoded once; a name that cannot be decoded
 * stays as sent. The parser of content-disposition knows two charsets and no RFC 2047, and drops the backslashes of a
 * path.
 */

/** The name in a Content-Disposition header, one character per byte sent; undefined without a name. */
export function fileNameIn(disposition: string): string | undefined {
  let plain: string | undefined;
  for (const [, name = '', quoted, token = ''] of disposition.matchAll(parameters)) {
    const value = quoted === undefined ? token.trim() : quoted.replace(/\\(["\\])/g, '$1');
    if (name.toLowerCase() === 'filename*') {
      const extended = decodeExtended(value);
      if (extended !== undefined) return extended;
    }
    if (name.toLowerCase() === 'filename') plain ??= value;
  }
  return plain === undefined ? undefined : decodePlain(plain);
}

/**
 * The Content-Disposition of the first part with a file, once its headers are within the beginning of the form. Both
 * have one character per byte.
 */
export function findDisposition(beginning: string, boundary: string): string | undefined {
  for (const part of `\r\n${beginning}`.split(`\r\n--${boundary}\r\n`).slice(1)) {
    const end = part.indexOf('\r\n\r\n');
    if (end === -1) return undefined;
    const headers = part.slice(0, end).replace(/\r\n[ \t]+/g, ' ');
    const disposition = /^content-disposition:(.*)$/im.exec(headers)?.[1];
    if (disposition && /;\s*filename\*?\s*=/i.test(disposition)) return disposition;
  }
  return undefined;
}

/** A backslash escapes a quote or itself. Elsewhere it is part of a Windows path. */
const parameters = /;\s*([\w-]+\*?)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;]*))/g;

/** Decodes `charset'language'percent-encoded`; undefined for anything else. */
function decodeExtended(value: string): string | undefined {
  const [, charset = '', encoded = ''] = /^([^']*)'[^']*'(.*)$/s.exec(value) ?? [];
  const bytes = unescapeBytes(encoded);
  return bytes && decodeBytes(bytes, charset);
}

function decodePlain(value: string): string {
  const raw = decodeBytes(Buffer.from(value, 'latin1'), 'utf-8') ?? decodeUnknown(value);
  if (value.includes('=?')) return decodeWords(value) ?? raw;
  const bytes = value.includes('%') ? unescapeBytes(value) : undefined;
  return (bytes && decodeBytes(bytes, 'utf-8')) ?? raw;
}

/** Decodes a name without a stated encoding. Always succeeds. */
const decodeUnknown = (value: string) => new TextDecoder('windows-1252').decode(Buffer.from(value, 'latin1'));

/** Undefined when a percent sign is no escape: it may be part of the name. */
function unescapeBytes(value: string): Buffer | undefined {
  if (/%(?![0-9a-f]{2})/i.test(value)) return undefined;
  const bytes = value.replace(/%([0-9a-f]{2})/gi, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return Buffer.from(bytes, 'latin1');
}

const encodedWord = /=\?([\w-]{1,40})(?:\*[\w-]*)?\?([bq])\?([^?]*)\?=/gi;
const betweenWords = /(?<=\?=)\s+(?==\?)/g;

/** Undefined unless every encoded word can be decoded. Some clients split a character between two words. */
function decodeWords(value: string): string | undefined {
  let text = '';
  let end = 0;
  let pending: { charset: string; bytes: Buffer[] } | undefined;
  const flush = () => {
    const decoded = pending ? decodeBytes(Buffer.concat(pending.bytes), pending.charset) : '';
    pending = undefined;
    return decoded;
  };
  const joined = value.replace(betweenWords, '');
  for (const match of joined.matchAll(encodedWord)) {
    const [whole, charset = '', encoding = '', content = ''] = match;
    if (match.index > end || pending?.charset !== charset.toLowerCase()) {
      const decoded = flush();
      if (decoded === undefined) return undefined;
      text += decoded + joined.slice(end, match.index);
    }
    const bytes = encoding.toLowerCase() === 'b' ? fromBase64(content) : unescapeBytes(fromQ(content));
    if (!bytes) return undefined;
    pending ??= { charset: charset.toLowerCase(), bytes: [] };
    pending.bytes.push(bytes);
    end = match.index + whole.length;
  }
  const decoded = flush();
  if (decoded === undefined || end === 0) return undefined;
  const rest = joined.slice(end);
  return text + decoded + (decodeBytes(Buffer.from(rest, 'latin1'), 'utf-8') ?? rest);
}

const fromQ = (content: string) => content.replaceAll('%', '%25').replaceAll('_', ' ').replaceAll('=', '%');

const fromBase64 = (content: string) =>
  /^[A-Za-z0-9+/]*={0,2}$/.test(content) ? Buffer.from(content, 'base64') : undefined;

/** Undefined for an unknown charset, and for bytes that are invalid in it. */
function decodeBytes(bytes: Buffer, charset: string): string | undefined {
  try {
    return new TextDecoder(charset, { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
