import { sqlReaderFixture } from '../sql/sql-reader-fixture.ts';
import type { ScenarioVocabulary } from './vocabulary.ts';

const all = ['text', 'int8', 'uuid'] as const;

/** For tests: scenario/ knows no router and no hash of its own. */
export const vocabularyFixture: ScenarioVocabulary = {
  routers: [
    { name: 'mod', parameter: null, hashes: true, keyTypes: all },
    { name: 'jump', parameter: null, hashes: true, keyTypes: all },
    {
      name: 'ring',
      parameter: { name: 'vnodes', default: 150, min: 1, max: 10_000 },
      hashes: true,
      keyTypes: all,
    },
    { name: 'range', parameter: null, hashes: false, keyTypes: ['text', 'int8'] },
    { name: 'directory', parameter: null, hashes: false, keyTypes: all, table: true },
  ],
  sql: sqlReaderFixture,
  hashes: ['xxh64', 'fnv1a-64', 'md5', 'identity'],
};
