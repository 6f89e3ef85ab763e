/**
 * The ways to write a ticket number: `Ticket#100559`, `тикет 100559`, or the subject of a mail, `Re: [100559] Disk`.
 */

const reply = '(?:(?:re|fwd?|aw|sv|отв|пересл)(?:\\[\\d+\\])?: ?)*';
const noun = '(?:ticket|request|case|issue|тикета?|заявк[аи]|запроса?|обращени[ея]|номер|number)';
const alone = new RegExp(`^${reply}[[(]?(?:${noun}[ :.]*)*[#№]? ?([1-9]\\d{0,14})[\\])]?$`);
const inBrackets = new RegExp(`^${reply}\\[(?:${noun}[ :.]*)*[#№]? ?([1-9]\\d{0,14})\\]`);

/** The number when the folded text names one ticket, whatever else it contains. */
export function ticketNumberIn(folded: string): string | undefined {
  const text = folded.slice(0, 200).replace(/\s+/g, ' ').trim();
  return (alone.exec(text) ?? inBrackets.exec(text))?.[1];
}
