import { Id, IdList, KeyList, Nullable } from '#platform/http/schemas.ts';
import Type from '#platform/type.ts';

/** Each report with its figures, in the order of its CSV. */
export const figures = {
  volume: {
    opened: 'The number of tickets that were opened.',
    resolved: 'The number of resolved tickets, by the time of the resolution.',
    closed: 'The number of closed tickets, by the time of closing.',
    comments: 'The number of comments of clients.',
    replies: 'The number of replies of support, credited to their authors.',
  },
  first_response: {
    tickets: 'The number of tickets of clients that got their first response, credited to its author.',
    median_seconds: 'Median of the time from opening to the first response.',
    p90_seconds: 'The 90th percentile.',
  },
  resolution: {
    tickets: 'The number of resolved tickets, by the time of the resolution.',
    median_seconds: 'Median of the time from opening to the resolution.',
    p90_seconds: 'The 90th percentile.',
  },
  sla: {
    first_response_met: 'First responses in time, on the day of the response.',
    first_response_missed: 'First responses that were not in time, on the day on which they were due.',
    first_response_share: 'The share that was in time, from 0 to 1.',
    resolution_met: 'Resolutions in time, on the day of the resolution.',
    resolution_missed: 'Resolutions that were not in time, on the day on which they were due.',
    resolution_share: 'The share that was in time, from 0 to 1.',
  },
  backlog: {
    open: 'Tickets that are neither resolved nor closed, by the time of opening.',
    under_1_day: 'Opened less than a day ago.',
    under_3_days: 'Opened one to three days ago.',
    under_7_days: 'Opened three to seven days ago.',
    under_30_days: 'Opened seven to thirty days ago.',
    older: 'Opened thirty or more days ago.',
    resolved: 'Tickets that are resolved but not closed.',
  },
  votes: {
    votes: 'The number of scores given to tickets (1 to 10).',
    average: 'The mean score.',
    good: 'The number of scores of 9 and 10.',
    bad: 'The number of scores of 6 and less.',
    comments_up: 'The number of replies with the vote 1.',
    comments_down: 'The number of replies with the vote -1.',
  },
} as const;

export type ReportName = keyof typeof figures;
export const reportNames = Object.keys(figures) as ReportName[]; // the keys of this very object

const day = (description: string) =>
  Type.String({ pattern: '^2[0-9]{3}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$', description });

const groups = ['none', 'day', 'week', 'month', 'topic', 'assignee', 'account'] as const;

const common = {
  from: Type.Optional(day('The first day, in the time zone. Default: 29 days before the last day.')),
  to: Type.Optional(day('The last day. Default: today.')),
  time_zone: Type.String({
    default: 'UTC',
    minLength: 1,
    maxLength: 60,
    description: 'A time zone of the IANA time zone database.',
  }),
  group_by: Type.Unsafe<(typeof groups)[number]>({
    type: 'string',
    enum: groups,
    default: 'none',
    description:
      'What each row is about. Weeks are ISO 8601 weeks (`2026-W48`), months are `2026-11`. Of accounts, only the 1,000 with the largest numbers.',
  }),
  topic_key: KeyList('The key of the topic; `none` for tickets without a topic.'),
  assignee_id: IdList('The id of the assignee; `none` for tickets without one.', 'none|'),
  format: Type.Unsafe<'json' | 'csv'>({ type: 'string', enum: ['json', 'csv'], default: 'json' }),
};

const businessHours = {
  hours: Type.Unsafe<'all' | 'business'>({
    type: 'string',
    enum: ['all', 'business'],
    default: 'all',
    description:
      'How times are counted. `business`: in the business hours of the SLA policy that each ticket has now.',
  }),
  calendar_id: Type.Optional(
    Type.Integer({ ...Id, description: 'Counts business hours of this calendar for all tickets.' }),
  ),
};

const CountsQuery = Type.Object(common);
const TimesQuery = Type.Object({ ...common, ...businessHours });
export type ReportQuery = Type.Static<typeof CountsQuery> & Partial<Type.Static<typeof TimesQuery>>;

/** Only times can be measured in business hours. */
export const reportQueryOf = (name: ReportName) =>
  name === 'first_response' || name === 'resolution' ? TimesQuery : CountsQuery;

/** A row: its group, and the figures of the report. */
export type ReportRow = { group: string | null; name: string | null } & Record<
  string,
  number | string | null
>;

/** A figure that is null when there is nothing to measure. The others are counts. */
export const isMeasure = (figure: string) => /seconds$|average|share$/.test(figure);

const figure = (name: string, description: string) => [
  name,
  isMeasure(name) ? Nullable(Type.Number(), description) : Type.Integer({ description }),
];

export const reportSchema = (name: ReportName) =>
  Type.Object({
    report: Type.String(),
    from: Type.String(),
    to: Type.String(),
    time_zone: Type.String(),
    group_by: Type.String(),
    items: Type.Array(
      Type.Object({
        group: Nullable(
          Type.String(),
          'The day, week or month, the key of the topic, or the id of the team member or account. Null: none.',
        ),
        name: Nullable(
          Type.String(),
          'The name of the topic in English, of the team member, or of the account.',
        ),
        ...Object.fromEntries(Object.entries(figures[name]).map(([key, text]) => figure(key, text))),
      }),
    ),
  });
