/**
 * Every type of event, one row each: who sees it, what it does to the SLA clock, whom it notifies, and the schema of
 * its data. Whatever depends on the type of an event is derived from these rows.
 */
import { accessTypes } from '#platform/events/types/access.ts';
import { conversationTypes } from '#platform/events/types/conversation.ts';
import { settingTypes } from '#platform/events/types/settings.ts';
import type { InstanceEventSpec, TicketEventSpec } from '#platform/events/types/spec.ts';
import { ticketTypes } from '#platform/events/types/tickets.ts';
import type { Static } from '#platform/type.ts';

const ofTickets = { ...ticketTypes, ...conversationTypes };
const ofInstance = { ...accessTypes, ...settingTypes };
const rows = { ...ofTickets, ...ofInstance };

export type TicketEventType = keyof typeof ofTickets;
export type EventType = keyof typeof rows;
export type EventData<T extends EventType> = Static<(typeof rows)[T]['data']>;

/** A row with all fields optional: events of the instance have no SLA fields. */
type Row = Partial<TicketEventSpec> & InstanceEventSpec;

export const eventTypes: Record<EventType, Row> = rows;

export const isTicketEvent = (type: EventType): type is TicketEventType => type in ofTickets;

export const isClientVisible = (type: EventType): boolean => eventTypes[type].audience === 'client';

/** The types whose rows match, in the order of the table. */
export const typesWhere = (matches: (row: Row) => boolean): EventType[] =>
  (Object.keys(rows) as EventType[]).filter((type) => matches(eventTypes[type])); // the keys of this very object
