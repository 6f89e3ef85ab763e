/** How the hosting company of the demo works: its hours, what it promises, what follows inactivity, and how it looks. */
import type { NewInactivityRule } from '#desk/inactivity/schema.ts';
import type { NewView } from '#desk/queue/views/schema.ts';
import type { NewCalendar, NewSlaPolicy } from '#desk/sla/schema.ts';

type Hours = NewCalendar['hours'];

interface CalendarOfHouse extends Omit<NewCalendar, 'holidays'> {
  /** Months and days, the same in every year. */
  holidays: string[];
}

const onWorkdays = (from: string, to: string): Hours => {
  const open = [{ from, to }];
  return { mon: open, tue: open, wed: open, thu: open, fri: open };
};

export const calendars = {
  support: {
    name: 'Support hours',
    time_zone: 'Europe/Berlin',
    hours: { ...onWorkdays('07:00', '21:00'), sat: [{ from: '09:00', to: '17:00' }] },
    holidays: ['01-01', '05-01', '12-25', '12-26'],
  },
  accounting: {
    name: 'Accounting',
    time_zone: 'Europe/Moscow',
    hours: onWorkdays('09:00', '18:00'),
    holidays: ['01-01', '01-02', '01-07', '02-23', '03-08', '05-01', '05-09', '06-12', '11-04'],
  },
} satisfies Record<string, CalendarOfHouse>;

interface PolicyOfHouse extends NewSlaPolicy {
  /** Every minute counts where none is named. */
  calendar?: keyof typeof calendars;
}

const HOUR = 60;
const SUPPORT_DAY = 14 * HOUR;
const ACCOUNTING_DAY = 9 * HOUR;

export const policies: PolicyOfHouse[] = [
  {
    calendar: 'support',
    first_response_minutes: 4 * HOUR,
    resolution_minutes: SUPPORT_DAY,
  },
  { priority: 'urgent', first_response_minutes: HOUR, resolution_minutes: 8 * HOUR },
  { priority: 'high', first_response_minutes: 2 * HOUR, resolution_minutes: 12 * HOUR },
  {
    priority: 'low',
    calendar: 'support',
    first_response_minutes: SUPPORT_DAY,
    resolution_minutes: 5 * SUPPORT_DAY,
  },
  {
    topic_key: 'billing',
    calendar: 'accounting',
    first_response_minutes: ACCOUNTING_DAY,
    resolution_minutes: 5 * ACCOUNTING_DAY,
  },
  { topic_key: 'abuse', first_response_minutes: 4 * HOUR, resolution_minutes: 48 * HOUR },
];

/** For every topic but complaints, which people end. */
export const inactivity = { remind_after_days: 7, close_after_days: 14, close_resolved_after_days: 14 };

export const rulelessTopic = 'abuse';

export const inactivityRules: NewInactivityRule[] = [
  { is_enabled: true, ...inactivity },
  { topic_key: rulelessTopic, is_enabled: false },
];

export interface Unanswered {
  /** As support finds it by its title. */
  priority: 'low' | 'normal' | 'high' | 'urgent';
  minutesAgo: number;
}

/** What is always there to be done: some of it late by the SLA target, some due within the hour. */
export const unanswered: Unanswered[] = [
  { priority: 'urgent', minutesAgo: 9 },
  { priority: 'normal', minutesAgo: 12 },
  { priority: 'high', minutesAgo: 24 },
  { priority: 'normal', minutesAgo: 31 },
  { priority: 'urgent', minutesAgo: 42 },
  { priority: 'low', minutesAgo: 66 },
  { priority: 'normal', minutesAgo: 75 },
  { priority: 'urgent', minutesAgo: 78 },
  { priority: 'high', minutesAgo: 96 },
  { priority: 'normal', minutesAgo: 140 },
  { priority: 'high', minutesAgo: 149 },
  { priority: 'low', minutesAgo: 260 },
];

export const views: NewView[] = [
  { name: 'Unassigned', filter: { assignee_id: 'none', is_closed: false } },
  { name: 'Waiting on us', filter: { waiting: 'support' }, sort: 'waiting' },
  { name: 'Due next', filter: { waiting: 'support' }, sort: 'due' },
  { name: 'Overdue', filter: { is_overdue: true }, sort: 'due' },
  { name: 'My open tickets', filter: { assignee_id: 'me', is_closed: false } },
  { name: 'I am mentioned', filter: { mentioned: 'me' } },
  { name: 'Waiting on the client', filter: { waiting: 'client' }, sort: 'updated' },
  { name: 'Urgent', filter: { priority: 'urgent,high', is_closed: false } },
  { name: 'Resolved', filter: { status_key: 'resolved' } },
];
