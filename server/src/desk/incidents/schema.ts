import { Change, Id, Nullable, Text, Timestamp } from '#platform/http/schemas.ts';
import Type, { type TString } from '#platform/type.ts';

const inLanguages = (text: TString, description?: string) =>
  Type.Object({ en: text, ru: text }, { additionalProperties: false, description });

const TITLE = 'The title in each language.';
const TEXT = 'More about it in each language, as plain text.';
const LINK = 'Where there is more about it: an `https` or `http` address.';
const TOPICS = 'The topics that it concerns, by their keys. None: all of them.';

export const Incident = Type.Object(
  {
    incident_id: Type.Integer(),
    title: inLanguages(Type.String(), TITLE),
    text: Nullable(inLanguages(Type.String()), TEXT),
    link: Nullable(Type.String(), LINK),
    topic_keys: Type.Array(Type.String(), { description: TOPICS }),
    created_at: Timestamp,
    updated_at: Timestamp,
    ended_at: Nullable(Timestamp),
  },
  { $id: 'Incident', description: 'A known incident, which clients are told of.' },
);
export type Incident = Type.Static<typeof Incident>;

const Title = inLanguages(Text(200), TITLE);
const MoreText = inLanguages(Text(2000), TEXT);
const Link = Type.String({
  maxLength: 2000,
  pattern: '^https?://[^\\s/?#]',
  description: LINK,
});

const fields = {
  title: Title,
  text: Nullable(MoreText),
  link: Nullable(Link),
  topic_keys: Type.Array(Type.String({ maxLength: 100 }), {
    maxItems: 50,
    uniqueItems: true,
    description: TOPICS,
  }),
};

const { title, ...optional } = fields;
export const NewIncident = Type.Object(
  { title, ...Type.Partial(Type.Object(optional)).properties },
  { additionalProperties: false },
);
export type NewIncident = Type.Static<typeof NewIncident>;

export const IncidentChange = Change({
  ...fields,
  is_ended: Type.Boolean({ description: 'Clients are not told of an incident that has ended.' }),
});
export type IncidentChange = Type.Static<typeof IncidentChange>;

export const IncidentPath = Type.Object({
  incident_id: Type.Integer({ description: 'The id of the incident.' }),
});

export const IncidentQuery = Type.Object({
  before: Type.Optional({
    ...Id,
    description: 'The `incident_id` of the last incident of the previous page.',
  }),
});
