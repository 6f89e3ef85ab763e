/** Accounts, and what admins and team members set up. */
import Type from '#platform/type.ts';
import { change, fields, id, ids, open, orNull, text } from './data.ts';
import type { InstanceEventSpec } from './spec.ts';

const deleted = open({ before: fields });
const erasure = { erasure_id: id, kind: text, account_id: id };
const setAside = {
  set_aside_event_id: id,
  follower: text,
  type: text,
  ticket_number: orNull(id),
};

export const settingTypes = {
  'account.created': {
    description: 'An account was added.',
    audience: 'staff',
    data: open({ external_id: text }),
  },
  'account.changed': {
    description: 'Fields of an account were changed.',
    audience: 'staff',
    data: open({ external_id: text, ...change }),
  },
  'erasure.requested': {
    description: 'The erasure of an account or a contact was requested.',
    audience: 'staff',
    data: open(erasure),
  },
  'erasure.finished': {
    description:
      'The erasure of an account or a contact is finished. `removed` has the number of removed items, by kind.',
    audience: 'staff',
    data: open({ ...erasure, removed: Type.Record(Type.String(), Type.Integer()) }),
  },
  'topic.added': {
    description: 'A topic was added.',
    audience: 'staff',
    data: open({ key: text, name: fields, assignee_ids: Type.Optional(ids) }),
  },
  'topic.changed': {
    description: 'A topic was changed.',
    audience: 'staff',
    data: open({ key: text, ...change }),
  },
  'status.changed': {
    description: 'A state was renamed.',
    audience: 'staff',
    data: open({ key: text, ...change }),
  },
  'incident.published': {
    description: 'An incident was published.',
    audience: 'staff',
    data: open({ incident_id: id, title: fields }),
  },
  'incident.changed': {
    description: 'An incident was changed, ended or opened again.',
    audience: 'staff',
    data: open({ incident_id: id, ...change }),
  },
  'tag.renamed': {
    description: 'A tag was renamed.',
    audience: 'staff',
    data: open(change),
  },
  'tag.deleted': {
    description: 'A tag was removed from all tickets.',
    audience: 'staff',
    data: deleted,
  },
  'view.added': {
    description: 'A view was saved.',
    audience: 'self',
    data: open({ view_id: id, name: text, is_shared: Type.Boolean() }),
  },
  'view.changed': {
    description: 'A saved view was changed.',
    audience: 'self',
    data: open({ view_id: id, ...change }),
  },
  'view.deleted': {
    description: 'A saved view was deleted.',
    audience: 'self',
    data: deleted,
  },
  'canned_response.added': {
    description: 'A canned response was added.',
    audience: 'self',
    data: open({ canned_response_id: id, title: text, is_shared: Type.Boolean() }),
  },
  'canned_response.changed': {
    description: 'A canned response was changed.',
    audience: 'self',
    data: open({ canned_response_id: id, ...change }),
  },
  'canned_response.deleted': {
    description: 'A canned response was deleted.',
    audience: 'self',
    data: deleted,
  },
  'canned_response.used': {
    description: 'A canned response was filled in for a ticket.',
    audience: 'staff',
    data: open({ canned_response_id: id, ticket_number: id }),
  },
  'inactivity_rule.added': {
    description: 'An inactivity rule was added.',
    audience: 'staff',
    data: open({ inactivity_rule_id: id, topic_key: orNull(text) }),
  },
  'inactivity_rule.changed': {
    description: 'An inactivity rule was changed.',
    audience: 'staff',
    data: open({ inactivity_rule_id: id, ...change }),
  },
  'inactivity_rule.deleted': {
    description: 'An inactivity rule was deleted.',
    audience: 'staff',
    data: deleted,
  },
  'calendar.added': {
    description: 'A calendar of business hours was added.',
    audience: 'staff',
    data: open({ calendar_id: id, name: text }),
  },
  'calendar.changed': {
    description: 'A calendar of business hours was changed.',
    audience: 'staff',
    data: open({ calendar_id: id, ...change }),
  },
  'calendar.deleted': {
    description: 'A calendar of business hours was deleted.',
    audience: 'staff',
    data: deleted,
  },
  'sla_policy.added': {
    description: 'An SLA policy was added.',
    audience: 'staff',
    data: open({ sla_policy_id: id, topic_key: orNull(text) }),
  },
  'sla_policy.changed': {
    description: 'An SLA policy was changed.',
    audience: 'staff',
    data: open({ sla_policy_id: id, ...change }),
  },
  'sla_policy.deleted': {
    description: 'An SLA policy was deleted.',
    audience: 'staff',
    data: deleted,
  },
  'event.set_aside': {
    description: 'A follower of the feed could not process an event. The event was set aside.',
    audience: 'staff',
    data: open({ ...setAside, error: text }),
  },
  'event.retried': {
    description: 'An admin has requested that an event that was set aside is processed again.',
    audience: 'staff',
    data: open(setAside),
  },
  'event.dismissed': {
    description: 'An admin has dismissed an event that was set aside.',
    audience: 'staff',
    data: open(setAside),
  },
} as const satisfies Record<string, InstanceEventSpec>;
