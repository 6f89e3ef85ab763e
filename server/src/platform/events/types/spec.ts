/** What the product has to know about a type of event. Each has all of it: there is no default to forget. */
import type { TSchema } from 'typebox';

/**
 * Who sees it. `client`: the people of its account, and staff. `self`: whoever did it, and staff as well unless its data
 * says `is_shared: false`. `admin`: whoever did it, and admins.
 */
type Audience = 'client' | 'staff' | 'self' | 'admin';

/**
 * What it does to the SLA clock, which runs while it is support's turn. `client_starts`: the turn begins if a client did
 * it. `speaks`: the turn passes to the other side, unless support's reply leaves the ticket in progress. `source_stops`:
 * it ends for the ticket that went into another. `recounts`: nobody's turn begins, but due times are counted again.
 * `retargets`: fields on which SLA targets depend may have changed.
 */
type SlaEffect =
  | 'none'
  | 'client_starts'
  | 'speaks'
  | 'starts'
  | 'stops'
  | 'source_stops'
  | 'recounts'
  | 'retargets';

/** `adds`: the text of its comment is searched too. `rewrites`: some of the ticket's text may be gone. */
type SearchEffect = 'none' | 'adds' | 'rewrites';

/**
 * Whom it is to be told, but for whoever did it. `contacts`: the account's address and the ticket's `client_emails`.
 * `mentioned`: the staff in its data's `mentions`. `author`: of the delayed reply.
 */
type Recipient = 'contacts' | 'assignee' | 'mentioned' | 'author';

interface EventSpec {
  /** When it is recorded, in one sentence, for the reference. */
  description: string;
  audience: Audience;
  /** Of the event's `data`. It is null, whatever the schema says, once what it said has been erased. */
  data: TSchema;
}

export interface TicketEventSpec extends EventSpec {
  sla: SlaEffect;
  search: SearchEffect;
  notifies: readonly Recipient[];
}

export interface InstanceEventSpec extends EventSpec {
  /** Fields of its data that of staff only admins see. */
  adminsSee?: readonly string[];
}
