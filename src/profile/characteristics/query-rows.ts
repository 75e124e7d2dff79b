import type { CharacteristicsDocument } from '../../result/characteristics-document.ts';
import type { QueryEvidence, Template } from '../evidence.ts';
import type { WeighedStatements } from './weighed-statements.ts';

type TemplateRow = CharacteristicsDocument['templates'][number];
type Queries = NonNullable<CharacteristicsDocument['queries']>;

/**
 * In the order of the evidence. Which of them the scenario has is for those to fill in who write
 * it.
 */
export function templateRows({ templates }: QueryEvidence): TemplateRow[] {
  const calls = templates.reduce((sum, each) => sum + each.calls, 0);
  const time = templates.reduce((sum, { totalMs }) => sum + (totalMs ?? 0), 0);
  return templates.map((template) => templateRow(template, calls, time));
}

/** A statement of a megabyte says no more than its beginning. */
export const shownSql = (sql: string): string =>
  sql.length <= sqlMost ? sql : `${sql.slice(0, sqlMost)} \u2026`;

const sqlMost = 5000;

function templateRow(template: Template, allCalls: number, allMs: number): TemplateRow {
  const { sql, calls, totalMs, rows, latencyMs, burstiness } = template;
  const perCall = (sum: number | null): number | null =>
    sum === null || calls === 0 ? null : sum / calls;
  return {
    sql: shownSql(sql),
    calls,
    share: allCalls === 0 ? 0 : calls / allCalls,
    timeShare: totalMs === null || allMs === 0 ? null : totalMs / allMs,
    meanMs: perCall(totalMs),
    latencyMs: latencyMs === undefined ? null : { ...latencyMs },
    burstiness: burstiness ?? null,
    rowsPerCall: perCall(rows),
    inScenario: false,
    leftOut: null,
  };
}

/** Calls are those of all templates; the share of reads is of those that use a table. */
export function queriesRow(
  { templates, seconds, perSecond }: QueryEvidence,
  { statements, calls }: WeighedStatements,
): Queries | null {
  if (templates.length === 0) return null;
  const all = templates.reduce((sum, each) => sum + each.calls, 0);
  const reads = statements.reduce(
    (sum, { kind, template }) => sum + (kind === 'read' ? template.calls : 0),
    0,
  );
  const peak = perSecond.reduce((most, each) => Math.max(most, each), 0);
  const counted = perSecond.reduce((sum, each) => sum + each, 0);
  return {
    calls: all,
    seconds,
    perSecond: seconds === null || seconds <= 0 ? null : all / seconds,
    readShare: calls === 0 ? 0 : reads / calls,
    peakOverMean: counted === 0 ? null : (peak * perSecond.length) / counted,
  };
}
