/** Who acts. Edges find out; verbs are told. */
export type Actor = ClientActor | StaffActor | ServiceActor | SystemActor;

/** A person or program acting for an account. */
export interface ClientActor {
  kind: 'client';
  accountId: number;
  accountName: string;
  /** Null for a person whom the panel has handed over: they come with a session. */
  tokenId: number | null;
  sessionId?: number;
  /** The person behind the account, as the host names them. */
  userId?: string;
  userName?: string;
  /** Whether listing comments marks them as read by the client. */
  marksRead: boolean;
  /** What the key may do; undefined for all that a client may. */
  scopes?: readonly string[];
}

export const roles = ['agent', 'admin'] as const;
export type Role = (typeof roles)[number];

export interface StaffActor {
  kind: 'staff';
  staffId: number;
  name: string;
  role: Role;
  /** Of these two at most one is set: the key that was sent, or the session that a browser keeps. */
  tokenId: number | null;
  sessionId: number | null;
  /** What the key may do; undefined for all that its bearer may. */
  scopes?: readonly string[];
  /** Whether the key has scopes, addresses or an end: such a key lets nobody in. */
  isLimited?: boolean;
}

/** A program of the host's, such as its panel. It acts for no account and no person, and sees no tickets. */
export interface ServiceActor {
  kind: 'service';
  tokenId: number;
  scopes?: readonly string[];
}

/** The product itself: the clock, the CLI, the demo. */
export interface SystemActor {
  kind: 'system';
}

export const system: SystemActor = { kind: 'system' };

/** Whether this is an admin with all that admins may: the key of one may have been issued for less. */
export const isAdmin = (actor: Actor): boolean =>
  actor.kind === 'staff' && actor.role === 'admin' && (actor.scopes?.includes('admin') ?? true);

interface Byline {
  staff_id: number | null;
  token_id: number | null;
  user_id: string | null;
}

/** The columns that say whose a row is. */
export function byline(actor: Actor): Byline {
  return {
    staff_id: actor.kind === 'staff' ? actor.staffId : null,
    token_id: actor.kind === 'system' ? null : actor.tokenId,
    user_id: (actor.kind === 'client' && actor.userId) || null,
  };
}

/** Where a request comes from. */
export interface Origin {
  ip: string;
  userAgent: string | null;
  /** The secret that the browser got when somebody signed in with it. */
  device?: string;
}
