/**
 * Functions that every Postgres (14 to 18) has by itself, without those of its own machinery and
 * those that ask for a sequence: a scenario's database has no others.
 */
const names = `
  abbrev abs acos acosd acosh age any_value area array_agg array_append array_cat array_dims
  array_fill array_length array_lower array_ndims array_position array_positions array_prepend
  array_remove array_replace array_reverse array_sample array_shuffle array_sort array_to_json
  array_to_string array_to_tsvector array_upper ascii asin asind asinh atan atan2 atan2d atand
  atanh avg bit_and bit_count bit_length bit_or bit_xor bool_and bool_or bound_box box broadcast
  btrim cardinality casefold cbrt ceil ceiling center char_length character_length chr circle
  clock_timestamp concat concat_ws convert convert_from convert_to corr cos cosd cosh cot cotd
  count covar_pop covar_samp crc32 crc32c cume_dist current_database current_query current_schema
  current_schemas current_setting date_add date_bin date_part date_subtract date_trunc
  datemultirange daterange decode degrees dense_rank div encode enum_first enum_last enum_range
  erf erfc every exp extract factorial first_value float8 floor format format_type gamma gcd
  gen_random_uuid generate_series get_bit get_byte hashtext hashtextextended height host hostmask
  initcap int4 int4multirange int4range int8 int8multirange int8range is_normalized isempty
  isfinite isnull json_agg json_agg_strict json_array_elements json_array_elements_text
  json_array_length json_arrayagg json_build_array json_build_object json_each json_each_text
  json_extract_path json_extract_path_text json_object json_object_agg json_object_agg_strict
  json_object_agg_unique json_object_agg_unique_strict json_object_keys json_populate_record
  json_populate_recordset json_scalar json_strip_nulls json_to_record json_to_recordset
  json_to_tsvector json_typeof json_value jsonb_agg jsonb_agg_strict jsonb_array_elements
  jsonb_array_elements_text jsonb_array_length jsonb_build_array jsonb_build_object jsonb_concat
  jsonb_delete_path jsonb_each jsonb_each_text jsonb_extract_path jsonb_extract_path_text
  jsonb_insert jsonb_object jsonb_object_agg jsonb_object_agg_strict jsonb_object_agg_unique
  jsonb_object_agg_unique_strict jsonb_object_keys jsonb_path_exists jsonb_path_exists_tz
  jsonb_path_match jsonb_path_match_tz jsonb_path_query jsonb_path_query_array
  jsonb_path_query_array_tz jsonb_path_query_first jsonb_path_query_first_tz jsonb_path_query_tz
  jsonb_populate_record jsonb_populate_record_valid jsonb_populate_recordset jsonb_pretty
  jsonb_set jsonb_set_lax jsonb_strip_nulls jsonb_to_record jsonb_to_recordset jsonb_to_tsvector
  jsonb_typeof justify_days justify_hours justify_interval lag last_value lcm lead left length
  lgamma like_escape line ln log log10 lower lower_inc lower_inf lpad lseg ltrim make_date
  make_interval make_time make_timestamp make_timestamptz masklen max md5 min min_scale mod mode
  netmask network normalize now nth_value ntile num_nonnulls num_nulls nummultirange numnode
  numrange octet_length overlaps overlay parse_ident percent_rank percentile_cont percentile_disc
  pg_advisory_lock pg_advisory_unlock pg_advisory_xact_lock pg_collation_for pg_column_size
  pg_sleep pg_try_advisory_lock pg_try_advisory_xact_lock pg_typeof phraseto_tsquery pi
  plainto_tsquery point polygon position pow power quote_ident quote_literal quote_nullable
  radians radius random random_normal range_agg range_intersect range_intersect_agg range_merge
  rank regexp_count regexp_instr regexp_like regexp_match regexp_matches regexp_replace
  regexp_split_to_array regexp_split_to_table regexp_substr regr_avgx regr_avgy regr_count
  regr_intercept regr_r2 regr_slope regr_sxx regr_sxy regr_syy repeat replace reverse right round
  row_number row_to_json rpad rtrim scale set_bit set_byte set_config set_masklen setseed
  setweight sha224 sha256 sha384 sha512 sign similar_to_escape sin sind sinh split_part sqrt
  starts_with statement_timestamp stddev stddev_pop stddev_samp string_agg string_to_array
  string_to_table strip strpos substr substring sum tan tand tanh textlen timeofday timezone
  to_char to_date to_hex to_json to_jsonb to_number to_oct to_timestamp to_tsquery to_tsvector
  transaction_timestamp translate trim_array trim_scale trunc ts_delete ts_filter ts_headline
  ts_lexize ts_rank ts_rank_cd ts_rewrite tsmultirange tsquery_phrase tsrange tstzmultirange
  tstzrange tsvector_to_array txid_current txid_current_if_assigned txid_current_snapshot
  unicode_assigned unicode_version unistr unnest upper upper_inc upper_inf uuid_extract_timestamp
  uuid_extract_version uuidv4 uuidv7 var_pop var_samp variance version websearch_to_tsquery width
  width_bucket xmlagg xmlelement xmlexists xpath xpath_exists
`;

const known = new Set(names.trim().split(/\s+/));

/** @param name with its schema, if it has one */
export function isKnownFunction(name: string): boolean {
  const bare = name.startsWith('pg_catalog.') ? name.slice('pg_catalog.'.length) : name;
  return known.has(bare);
}
