/** What the product must know about every type of event. No field has a default that could be forgotten. */
import type { TSchema } from '#platform/type.ts';

/**
 * Who sees it. `client`: the people of the account, and staff. `self`: the actor, and other staff unless its data says
 * `is_shared: false`. `admin`: the actor, and admins.
 */
type Audience = 'client' | 'staff' | 'self' | 'admin';

/**
 * Its effect on the SLA clock, which runs while the ticket waits for staff. `client_starts`: the clock starts if a
 * client did it. `speaks`: the turn passes to the other side, unless the reply leaves the ticket in progress.
 * `source_stops`: the clock stops for the source of a merge. `recounts`: the turn stays the same, but due times are
 * recalculated. `retargets`: fields that SLA targets depend on may have changed.
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

/**
 * Whom to notify, except the actor. `contacts`: the account's address and the ticket's `client_emails`. `mentioned`:
 * the staff in its data's `mentions`. `author`: the author of the delayed reply.
 */
type Recipient = 'contacts' | 'assignee' | 'mentioned' | 'author';

interface EventSpec {
  /** One sentence for the reference: when it is recorded. */
  description: string;
  audience: Audience;
  /** The schema of the event's `data`. Once erased, `data` is null whatever the schema says. */
  data: TSchema;
}

export interface TicketEventSpec extends EventSpec {
  sla: SlaEffect;
  notifies: readonly Recipient[];
}

export interface InstanceEventSpec extends EventSpec {
  /** Fields of its data about staff that only admins see. */
  adminsSee?: readonly string[];
}
