/** Who acts. Edges find out; verbs are told. */
export type Actor = ClientActor | StaffActor | SystemActor;

/** A person or program acting for an account. */
export interface ClientActor {
  kind: 'client';
  accountId: number;
  accountName: string;
  tokenId: number;
  /** Whether listing comments marks them as read by the client. */
  marksRead: boolean;
}

export interface StaffActor {
  kind: 'staff';
  staffId: number;
  name: string;
  role: 'agent' | 'admin';
  tokenId: number | null;
}

/** The product itself: the clock, the CLI, the demo. */
export interface SystemActor {
  kind: 'system';
}

export const system: SystemActor = { kind: 'system' };

/** The columns that say whose a row is. */
export function byline(actor: Actor): { staff_id: number | null; token_id: number | null } {
  return {
    staff_id: actor.kind === 'staff' ? actor.staffId : null,
    token_id: actor.kind === 'system' ? null : actor.tokenId,
  };
}
