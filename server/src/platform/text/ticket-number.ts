/** How people write the number of a ticket: `Ticket#100559`, `тикет 100559`, or the subject of a mail, `Re: [100559] Disk`. */

const reply = '(?:(?:re|fwd?|aw|sv|отв|пересл)(?:\\[\\d+\\])?: ?)*';
const noun = '(?:ticket|request|case|issue|тикета?|заявк[аи]|запроса?|обращени[ея]|номер|number)';
const alone = new RegExp(`^${reply}[[(]?(?:${noun}[ :.]*)*[#№]? ?(\\d{1,15})[\\])]?$`);
const inBrackets = new RegExp(`^${reply}\\[(?:${noun}[ :.]*)*[#№]? ?(\\d{1,15})\\]`);

/** The number when folded text asks for one ticket, whatever else it says of it. */
export function ticketNumberIn(folded: string): string | undefined {
  const text = folded.slice(0, 200).replace(/\s+/g, ' ').trim();
  return (alone.exec(text) ?? inBrackets.exec(text))?.[1];
}
