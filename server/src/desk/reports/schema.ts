import Type from 'typebox';
import { Id, IdList, KeyList, Nullable } from '#platform/http/schemas.ts';

/** Each report with the figures of its rows, in the order of its CSV. */
export const figures = {
  volume: {
    opened: 'Tickets opened.',
    resolved: 'Tickets that are resolved, by when they were.',
    closed: 'Tickets that are closed, by when they were.',
    comments: 'Comments of clients.',
    answers: 'Replies of support, credited to who wrote them.',
  },
  first_response: {
    tickets: 'Tickets of clients that got their first response, credited to who wrote it.',
    median_seconds: 'From opening to the first response.',
    p90_seconds: 'Nine in ten took no longer.',
  },
  resolution: {
    tickets: 'Tickets that are resolved, by when they were.',
    median_seconds: 'From opening to the solution.',
    p90_seconds: 'Nine in ten took no longer.',
  },
  sla: {
    first_response_met: 'First responses in time, on the day on which they came.',
    first_response_missed: 'First responses that did not come in time, on the day on which they were due.',
    first_response_share: 'Of both, the share in time, from 0 to 1.',
    resolution_met: 'Resolutions in time, on the day on which they came.',
    resolution_missed: 'Resolutions that did not come in time, on the day on which they were due.',
    resolution_share: 'Of both, the share in time, from 0 to 1.',
  },
  backlog: {
    open: 'Tickets that are neither resolved nor closed now, by when they were opened.',
    under_1_day: 'Opened less than a day ago.',
    under_3_days: 'One day to three.',
    under_7_days: 'Three days to seven.',
    under_30_days: 'Seven days to thirty.',
    older: 'Thirty days and more.',
    resolved: 'Tickets that are resolved and not closed yet.',
  },
  votes: {
    votes: 'Scores given to tickets, 1 to 10.',
    average: 'Their mean.',
    good: 'Scores of 9 and 10.',
    bad: 'Scores of 6 and less.',
    comments_up: 'Answers found helpful.',
    comments_down: 'Answers found unhelpful.',
  },
} as const;

export type ReportName = keyof typeof figures;
export const reportNames = Object.keys(figures) as ReportName[]; // the keys of that very object

const day = (description: string) =>
  Type.String({ pattern: '^2[0-9]{3}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$', description });

const groups = ['none', 'day', 'week', 'month', 'topic', 'assignee', 'account'] as const;

const common = {
  from: Type.Optional(day('The first day, in the time zone; 29 days before the last unless given.')),
  to: Type.Optional(day('The last day; today unless given.')),
  time_zone: Type.String({
    default: 'UTC',
    minLength: 1,
    maxLength: 60,
    description: 'A time zone of the IANA database.',
  }),
  group_by: Type.Unsafe<(typeof groups)[number]>({
    type: 'string',
    enum: groups,
    default: 'none',
    description:
      'What each row is about. Weeks are those of ISO 8601 (`2026-W48`), months `2026-11`. Of accounts, the 1,000 with most.',
  }),
  topic_key: KeyList('The topic; `none` for tickets without one.'),
  assignee_id: IdList('The assignee; `none` for tickets without one.', 'none|'),
  format: Type.Unsafe<'json' | 'csv'>({ type: 'string', enum: ['json', 'csv'], default: 'json' }),
};

const businessHours = {
  hours: Type.Unsafe<'all' | 'business'>({
    type: 'string',
    enum: ['all', 'business'],
    default: 'all',
    description:
      'How the times are counted: `business` in the hours of the SLA policy that each ticket has now.',
  }),
  calendar_id: Type.Optional(
    Type.Integer({ ...Id, description: 'Counts business hours, of this calendar for all tickets.' }),
  ),
};

const CountsQuery = Type.Object(common);
const TimesQuery = Type.Object({ ...common, ...businessHours });
export type ReportQuery = Type.Static<typeof CountsQuery> & Partial<Type.Static<typeof TimesQuery>>;

/** Only times can be counted in business hours. */
export const reportQueryOf = (name: ReportName) =>
  name === 'first_response' || name === 'resolution' ? TimesQuery : CountsQuery;

/** A row: what it is about, and the figures of its report. */
export type ReportRow = { group: string | null; name: string | null } & Record<
  string,
  number | string | null
>;

/** A figure that is null where there is nothing to measure; the others are counts. */
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
          'The day, week or month, the key of the topic, or the id of the member of staff or account; null for none.',
        ),
        name: Nullable(
          Type.String(),
          'The name of the topic in English, of the member of staff, or of the account.',
        ),
        ...Object.fromEntries(Object.entries(figures[name]).map(([key, text]) => figure(key, text))),
      }),
    ),
  });
