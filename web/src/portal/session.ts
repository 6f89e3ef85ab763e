/** The client session of this tab: from the sign-in link (/support/session), or from another tab that has it. */
import { renewClientSession } from '#api/generated/sdk.gen.ts';
import type { OpenedClientSession } from '#api/generated/types.gen.ts';
import { reportEnded } from './ended.ts';

const KEY = 'paneldesk.session';
const ASK_MS = 250;
const channel = new BroadcastChannel(KEY);
let session: OpenedClientSession | null = null;

type Message = { ask?: true; session?: OpenedClientSession };

export const getSession = () => session;

/** Null when nobody is signed in. */
export async function findSession(): Promise<OpenedClientSession | null> {
  const stored = sessionStorage.getItem(KEY);
  const found = stored ? (JSON.parse(stored) as OpenedClientSession) : await askTabs(); // as the page of the link wrote it
  if (found && Date.parse(found.expires_at) > Date.now()) {
    keep(found);
    if (stored) channel.postMessage({ session: found } satisfies Message); // tabs whose session has ended go on with it
  }
  return session;
}

function askTabs(): Promise<OpenedClientSession | null> {
  return new Promise((resolve) => {
    const other = new BroadcastChannel(KEY);
    const done = (found: OpenedClientSession | null) => {
      other.close();
      resolve(found);
    };
    other.onmessage = ({ data }: MessageEvent<Message>) => data.session && done(data.session);
    other.postMessage({ ask: true } satisfies Message);
    setTimeout(() => done(null), ASK_MS);
  });
}

/** Gives the session to tabs that ask. `onSession` is called when the same person has signed in again in another tab. */
export function shareSession(onSession: () => void) {
  channel.onmessage = ({ data }: MessageEvent<Message>) => {
    if (data.ask && session) channel.postMessage({ session } satisfies Message);
    if (!data.session || (session && !isSamePerson(session, data.session))) return;
    if (session && data.session.expires_at <= session.expires_at) return;
    keep(data.session);
    onSession();
  };
}

const isSamePerson = (one: OpenedClientSession, other: OpenedClientSession) =>
  one.account.external_id === other.account.external_id && one.user.id === other.user.id;

function keep(found: OpenedClientSession) {
  session = found;
  sessionStorage.setItem(KEY, JSON.stringify(found));
}

let renewing: ReturnType<typeof setTimeout> | undefined;

/** Renews the session at four fifths of its life, for as long as the page is open. */
export function keepRenewed() {
  clearTimeout(renewing);
  if (!session) return;
  const left = Date.parse(session.expires_at) - Date.now();
  if (left <= 0) return reportEnded(); // the computer has slept, or it cannot be renewed any more
  renewing = setTimeout(
    async () => {
      try {
        const renewed = await renewClientSession();
        if (session) keep({ ...session, ...renewed });
      } catch {} // a 401 is said where it is met; after another error the next round tries again
      keepRenewed();
    },
    Math.max(5000, left * 0.8),
  );
}
