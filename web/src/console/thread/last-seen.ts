/** The last message of each ticket that was seen in this browser, for the line “New since you looked”. */
const KEY = 'paneldesk.last-seen';
const MAX_TICKETS = 1000;

type LastSeen = Record<string, number>;
let memory: LastSeen | null = null;

function readAll(): LastSeen {
  if (memory) return memory;
  memory = {};
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(KEY) ?? '{}');
    if (typeof stored === 'object' && stored !== null) memory = stored as LastSeen; // written below
  } catch {
    // The browser keeps nothing: it holds for this page.
  }
  return memory;
}

export const lastSeen = (number: number): number | null => readAll()[number] ?? null;

export function setLastSeen(number: number, id: number) {
  const { [number]: before = 0, ...others } = readAll();
  if (before >= id) return;
  memory = Object.fromEntries([...Object.entries(others), [number, id]].slice(-MAX_TICKETS)) as LastSeen;
  try {
    localStorage.setItem(KEY, JSON.stringify(memory));
  } catch {
    // As above.
  }
}
