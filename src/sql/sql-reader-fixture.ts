import { loadGrammar } from './grammar.ts';
import { sqlReader } from './sql-reader.ts';

export const sqlReaderFixture = sqlReader(await loadGrammar());
