/** What TypeScript says that the rows of a statement have, held against what PostgreSQL says. */
import { type Checker, SymbolFlags, type Type, TypeFlags } from 'typescript/unstable/sync';

/** What a value can be in JavaScript. */
export type Kind =
  | 'string'
  | 'number'
  | 'boolean'
  | 'null'
  | 'array'
  | 'buffer'
  | 'object'
  | 'absent'
  | 'anything';

export interface Claim {
  kinds: Set<Kind>;
  /** What an array has in it. */
  elements: Set<Kind>;
  /** The texts that it is said to be one of. */
  texts: Set<string>;
}

export interface Described {
  name: string;
  /** The oid of its type. */
  type: number;
  canBeNull: boolean;
  /** The texts that its table allows, if it lists them. */
  texts?: string[];
}

/** Types of columns by their oid, as the parsers of `platform/db/database.ts` and of pg make them values. */
const kindsOfType: Record<number, Kind | [Kind]> = {
  16: 'boolean',
  17: 'buffer',
  20: 'number', // bigint, by our own parser
  21: 'number',
  23: 'number',
  25: 'string',
  700: 'number',
  701: 'number',
  1000: ['boolean'],
  1005: ['number'],
  1007: ['number'],
  1009: ['string'],
  1016: ['number'],
  1043: 'string',
  1184: 'string', // timestamptz, by our own parser
  1700: 'string', // numeric
  2950: 'string',
  2951: ['string'],
  5069: 'string', // xid8
  114: 'anything',
  3802: 'anything', // jsonb: what is in it is not described
  869: 'string', // inet
  650: 'string', // cidr
  19: 'string', // name
  3614: 'string', // tsvector
};

/**
 * What of the claim is not so, in sentences; nothing when all of it is. A statement may give more columns than its type
 * names, such as what its rows are ordered by.
 */
export function faultsOf(row: Type, columns: Described[], checker: Checker): string[] {
  const claims = claimsOf(row, checker);
  const byName = new Map(columns.map((column) => [column.name, column])); // of two with a name pg gives the last
  const described = [...byName.values()];
  const absent = [...claims].filter(([name, { kinds }]) => !byName.has(name) && !kinds.has('absent'));
  return [
    ...absent.map(([name]) => `${name} is claimed, and no column`),
    ...described.flatMap((column) => faultsOfColumn(column, claims.get(column.name))),
  ];
}

function faultsOfColumn(
  { name, type, canBeNull, texts = [] }: Described,
  claim: Claim | undefined,
): string[] {
  if (!claim || claim.kinds.has('anything')) return [];
  const kind = kindsOfType[type];
  if (kind === undefined) return [`${name} is of a type that claims.ts does not know (${type})`];
  const isArray = Array.isArray(kind);
  const wrong = [...claim.kinds].filter((claimed) => !fits(claimed, isArray ? 'array' : kind));
  const unclaimed = claim.texts.size > 0 ? texts.filter((text) => !claim.texts.has(text)) : [];
  const wrongElements = isArray ? [...claim.elements].filter((claimed) => !fits(claimed, kind[0])) : [];
  return [
    ...wrong.map((claimed) => `${name} is claimed as ${claimed}, and is ${isArray ? 'array' : kind}`),
    ...wrongElements.map((claimed) => `${name} is claimed as ${claimed}[], and is ${kind}[]`),
    ...unclaimed.map((text) => `${name} can be '${text}', which is not claimed`),
    ...(canBeNull && !claim.kinds.has('null') ? [`${name} can be null, and is claimed never to be`] : []),
  ];
}

const fits = (claimed: Kind, actual: Kind) =>
  claimed === actual ||
  claimed === 'null' ||
  claimed === 'absent' ||
  (actual === 'anything' && claimed !== 'buffer');

/** Each property of the row; of a union of rows, those of all. */
function claimsOf(row: Type, checker: Checker): Map<string, Claim> {
  const claims = new Map<string, Claim>();
  const members = row.isUnionType() ? row.getTypes() : [row];
  const properties = members.map((member) => checker.getPropertiesOfType(member));
  for (const { name, flags, type } of properties.flat().map((symbol) => typed(symbol, checker))) {
    const claim = claims.get(name) ?? { kinds: new Set(), elements: new Set(), texts: new Set() };
    if (type) addKinds(type, claim, checker);
    if ((flags & SymbolFlags.Optional) !== 0) claim.kinds.add('absent');
    claims.set(name, claim);
  }
  return claims;
}

type Property = ReturnType<Checker['getPropertiesOfType']>[number];

const typed = (symbol: Property, checker: Checker) => ({
  name: symbol.name,
  flags: symbol.flags,
  type: checker.getTypeOfSymbol(symbol),
});

function addKinds(type: Type, claim: Claim, checker: Checker) {
  if (type.isUnionType()) {
    for (const member of type.getTypes()) addKinds(member, claim, checker);
    return;
  }
  if (checker.isArrayLikeType(type) && type.isTypeReference()) {
    claim.kinds.add('array');
    const elements: Claim = { kinds: claim.elements, elements: new Set(), texts: new Set() };
    for (const element of checker.getTypeArguments(type)) addKinds(element, elements, checker);
    return;
  }
  if (type.isStringLiteralType()) claim.texts.add(type.value);
  claim.kinds.add(kindOf(type, checker));
}

function kindOf(type: Type, checker: Checker): Kind {
  const parts = type.isIntersectionType() ? type.getTypes() : []; // a text with a brand
  if (parts.some(({ flags }) => (flags & TypeFlags.StringLike) !== 0)) return 'string';
  const known = flagged.find(([flags]) => (type.flags & flags) !== 0);
  if (known) return known[1];
  return /^(Buffer|Uint8Array)\b/.test(checker.typeToString(type)) ? 'buffer' : 'object';
}

const flagged: [number, Kind][] = [
  [TypeFlags.StringLike, 'string'],
  [TypeFlags.NumberLike, 'number'],
  [TypeFlags.BooleanLike, 'boolean'],
  [TypeFlags.Null, 'null'],
  [TypeFlags.Undefined, 'absent'],
  [TypeFlags.Any | TypeFlags.Unknown | TypeFlags.TypeParameter, 'anything'],
];
