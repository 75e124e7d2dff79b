import { keyHashNames } from '../../base/hash/key-hash.ts';
import { routers } from '../../router/registry.ts';
import type { ScenarioVocabulary } from '../../scenario/vocabulary.ts';
import type { StatementReader } from '../../sql/sql-reader.ts';

/** What a written scenario may name. */
export function writerVocabulary(reader: StatementReader): ScenarioVocabulary {
  return {
    routers: routers.map(({ name, parameter, traits, keyTypes }) => ({
      name,
      parameter,
      hashes: traits.hashes,
      keyTypes,
      table: traits.table ?? false,
    })),
    hashes: keyHashNames,
    sql: reader,
  };
}
