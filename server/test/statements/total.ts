/** Functions and operators that give null only for null. What is not named here may give it for anything. */
const functions = `
  abs ceil floor round trunc greatest least mod power sqrt
  now clock_timestamp statement_timestamp transaction_timestamp date_trunc date_part extract to_timestamp timezone
  make_interval age isfinite timestamptz timestamp date time interval
  lower upper initcap btrim ltrim rtrim length char_length octet_length left right replace concat concat_ws repeat
  split_part starts_with strpos normalize format translate reverse md5 sha256 encode decode convert_to
  string_to_array to_char cardinality array_append array_prepend array_cat array_remove
  regexp_replace regexp_split_to_array
  int2 int4 int8 numeric float4 float8 text varchar bpchar bool uuid inet cidr jsonb json oid
  to_json to_jsonb jsonb_build_object jsonb_build_array jsonb_array_length jsonb_strip_nulls jsonb_set jsonb_typeof
  jsonb_pretty jsonb_concat
  gen_random_uuid nextval currval hashtext hashtextextended
  pg_current_xact_id pg_current_snapshot pg_snapshot_xmin pg_snapshot_xmax pg_column_size pg_relation_size
  pg_total_relation_size pg_try_advisory_xact_lock pg_try_advisory_lock xid8 txid_current
  host family set_masklen network to_tsvector tsvector_length numnode
  num_nulls num_nonnulls row_number rank dense_rank
`;
/** Of several rows: jsonb_array_elements gives no null, jsonb_array_elements_text does for a null within the array. */
const sets = `
  generate_series jsonb_array_elements jsonb_each jsonb_object_keys generate_subscripts regexp_split_to_table
  string_to_table ts_parse ts_debug
`;
const operators =
  '= <> < > <= >= + - * / % || && @> <@ ? ?| ?& ~ !~ ~* !~* ~~ !~~ ~~* !~~* ^@ @@ & | << >> <<= >>=';

const words = (text: string) => new Set(text.split(/\s+/).filter((word) => word !== ''));
const total = { functions: words(functions), sets: words(sets), operators: words(operators) };

export const isTotalFunction = (name: string) => total.functions.has(name);
export const isTotalSet = (name: string) => total.sets.has(name);
export const isTotalOperator = (name: string) => total.operators.has(name);
