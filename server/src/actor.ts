/** Who acts. Edges authenticate; verbs get the actor as an argument. */
export type Actor = ClientActor | StaffActor | ServiceActor | SystemActor;

/** A person or program acting for an account. */
export interface ClientActor {
  kind: 'client';
  accountId: number;
  accountName: string;
  /** Null for a person who signed in by SSO and has a session. */
  tokenId: number | null;
  sessionId?: number;
  /** The contact of the account, by the id that the host gave them. */
  userId?: string;
  userName?: string;
  /** Whether listing comments marks them as read by the client. */
  marksRead: boolean;
  /** The scopes of the token; undefined for all rights of a client. */
  scopes?: readonly string[];
}

export const roles = ['agent', 'admin'] as const;
export type Role = (typeof roles)[number];

export interface StaffActor {
  kind: 'staff';
  staffId: number;
  name: string;
  role: Role;
  /** At most one of the two is set: the token that was sent, or the browser's session. */
  tokenId: number | null;
  sessionId: number | null;
  /** The scopes of the token; undefined for all rights of its owner. */
  scopes?: readonly string[];
  /** Whether the token has scopes, addresses or an expiry. Such a token cannot give access to anybody else. */
  isLimited?: boolean;
}

/** A program of the host, such as its panel. It acts for no account and no person, and sees no tickets. */
export interface ServiceActor {
  kind: 'service';
  tokenId: number;
  scopes?: readonly string[];
}

/** The product itself: the scheduler, the CLI, the demo data. */
export interface SystemActor {
  kind: 'system';
}

export const system: SystemActor = { kind: 'system' };

/** Whether this is an admin with all rights: an admin's token may have fewer scopes. */
export const isAdmin = (actor: Actor): boolean =>
  actor.kind === 'staff' && actor.role === 'admin' && (actor.scopes?.includes('admin') ?? true);

interface Byline {
  staff_id: number | null;
  token_id: number | null;
  user_id: string | null;
}

/** The columns that say who did something. */
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
  /** The device cookie: the secret that the browser got when somebody signed in with it. */
  device?: string;
}
