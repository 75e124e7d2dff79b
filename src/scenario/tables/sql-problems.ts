import type { Path, Problems } from '../problem.ts';
import type { ReadSql } from '../vocabulary.ts';

/** Adds what the grammar refuses in a statement; whether there is any. */
export function reportFaults({ problems: own, fault }: ReadSql, path: Path, problems: Problems) {
  for (const { text, at } of own) problems.add(path, text, at);
  if (fault !== undefined) problems.add(path, `the SQL is wrong: ${fault.message}`, fault.at);
  return own.length > 0 || fault !== undefined;
}
