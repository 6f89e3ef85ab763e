/** Addresses of people who get copies. The server narrows further; this finds what is mistyped. */
const ADDRESS =
  /^[^\s@<>(),:;"\\[\]]{1,64}@(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?\.)+[\p{L}\p{N}-]{2,63}$/u;

export const isEmail = (text: string) => text.length <= 254 && ADDRESS.test(text);

/** The words of a text as one pastes it: with commas, semicolons or lines between them. */
export const splitEmails = (text: string) => text.split(/[\s,;]+/).filter(Boolean);

/** Adds those that are addresses and not there yet; `rest` is what is not. */
export function addEmails(known: string[], text: string): { emails: string[]; rest: string } {
  const emails = [...known];
  const rest: string[] = [];
  for (const word of splitEmails(text)) {
    const isKnown = emails.some((email) => email.toLowerCase() === word.toLowerCase());
    if (!isEmail(word)) rest.push(word);
    else if (!isKnown) emails.push(word);
  }
  return { emails, rest: rest.join(' ') };
}
