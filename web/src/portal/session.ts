/** The client session of this tab: from the sign-in link (/support/session), or from another tab that has it. */
import { renewClientSession } from '#api/generated/sdk.gen.ts';
import type { OpenedClientSession } from '#api/generated/types.gen.ts';

const KEY = 'paneldesk.session';
const ASK_MS = 250;
const channel = new BroadcastChannel(KEY);
let session: OpenedClientSession | null = null;

channel.onmessage = ({ data }: MessageEvent<{ ask?: true; session?: OpenedClientSession }>) => {
  if (data.ask && session) channel.postMessage({ session });
};

export const getSession = () => session;

/** Null when nobody is signed in. */
export async function findSession(): Promise<OpenedClientSession | null> {
  const stored = sessionStorage.getItem(KEY);
  const found = stored ? (JSON.parse(stored) as OpenedClientSession) : await askTabs(); // as the page of the link wrote it
  if (found && Date.parse(found.expires_at) > Date.now()) keep(found);
  return session;
}

function askTabs(): Promise<OpenedClientSession | null> {
  return new Promise((resolve) => {
    const other = new BroadcastChannel(KEY);
    const done = (found: OpenedClientSession | null) => {
      other.close();
      resolve(found);
    };
    other.onmessage = ({ data }) => data.session && done(data.session);
    other.postMessage({ ask: true });
    setTimeout(() => done(null), ASK_MS);
  });
}

function keep(found: OpenedClientSession) {
  session = found;
  sessionStorage.setItem(KEY, JSON.stringify(found));
}

export function forgetSession() {
  session = null;
  sessionStorage.removeItem(KEY);
}

/** Renews the session at four fifths of its life, for as long as the page is open. */
export function keepRenewed() {
  if (!session) return;
  const left = Date.parse(session.expires_at) - Date.now();
  setTimeout(
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
