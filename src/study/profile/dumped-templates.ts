import type { Template, Unparsed } from '../../profile/evidence.ts';
import { mendedTemplate } from '../../profile/mended-template.ts';
import { withoutLiterals } from '../../profile/numbered-literals.ts';
import { templateKey } from '../../profile/template-key.ts';
import type { Grammar } from '../../sql/grammar.ts';

/**
 * Templates of a dump, as the grammar reads them and in the names of the scenario. Where it has
 * statements with their literals, those that differ in nothing else are one.
 */
export function dumpedTemplates(
  all: readonly Template[],
  renamed: (sql: string) => string,
  grammar: Grammar,
): { templates: Template[]; unparsed: Unparsed[] } {
  const templates = new Map<string, Template>();
  const unparsed: Unparsed[] = [];
  for (const template of all.toSorted((a, b) => b.calls - a.calls)) {
    const mended = mendedTemplate(template.sql, grammar);
    const parsed = grammar.parse(mended);
    if ('fault' in parsed) {
      const { source, line, calls } = template;
      const reason = 'the grammar of Postgres does not take the statement';
      unparsed.push({ source, line, reason, count: calls });
      continue;
    }
    const sql = renamed(withoutLiterals(mended, grammar));
    const fingerprint = grammar.fingerprint(sql) ?? sql;
    const key = templateKey(sql, fingerprint);
    const known = templates.get(key);
    templates.set(
      key,
      known === undefined ? { ...template, sql, fingerprint } : addedUp(known, template),
    );
  }
  return { templates: [...templates.values()], unparsed };
}

const addedUp = (known: Template, other: Template): Template => ({
  ...known,
  calls: known.calls + other.calls,
  totalMs: sumOf(known.totalMs, other.totalMs),
  rows: sumOf(known.rows, other.rows),
});

const sumOf = (one: number | null, other: number | null): number | null =>
  one === null || other === null ? null : one + other;
