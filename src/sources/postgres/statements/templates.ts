import type { Steps } from '../../../base/steps.ts';
import type { Template, Unparsed } from '../../../profile/evidence.ts';
import { mendedTemplate } from '../../../profile/mended-template.ts';
import { withoutLiterals } from '../../../profile/numbered-literals.ts';
import { templateKey } from '../../../profile/template-key.ts';
import type { Grammar } from '../../../sql/grammar.ts';
import { mapped } from '../../interruptible.ts';
import { isOwnStatement } from '../transaction-limits.ts';
import type { StatementCounters } from './statement-counters.ts';
import { statementKind } from './statement-kind.ts';

export interface ReadTemplates {
  /** The most called first. */
  readonly templates: readonly Template[];
  /** Statements and calls of each kind, by name with the unit last. */
  readonly read: Readonly<Record<string, number>>;
  readonly unparsed: readonly Unparsed[];
  /** Texts that only their user may see. */
  readonly hidden: Count;
  /** COPY, CALL, FETCH and their like. */
  readonly bulk: Count;
  /** Texts that are too long, or that the server has lost. */
  readonly withoutText: Count;
}

interface Count {
  readonly statements: number;
  readonly calls: number;
}

const hiddenText = '<insufficient privilege>';

type Outcome =
  | { readonly kind: 'template'; readonly template: Template }
  | { readonly kind: 'unparsed'; readonly reason: string }
  | { readonly kind: 'own' | 'nested' | 'hidden' | 'lost' | 'utility' | 'bulk' | 'catalog' };

export interface TemplateReading {
  readonly grammar: Grammar;
  /** Into names of the scenario. */
  readonly renamed: (sql: string) => string;
  readonly isTable: (name: string) => boolean;
}

export function* readTemplates(
  statements: readonly StatementCounters[],
  reading: TemplateReading,
): Steps<ReadTemplates> {
  const counts = new Map<Outcome['kind'], { statements: number; calls: number }>();
  const byKey = new Map<string, Template>();
  const unparsed = new Map<string, number>();
  // The text of the one that is called most often stands for all of its kind.
  const sorted = statements.toSorted((a, b) => b.calls - a.calls);
  const outcomes = yield* mapped(sorted, (each) => outcomeOf(each, reading));
  for (const [at, outcome] of outcomes.entries()) {
    const calls = sorted[at]?.calls ?? 0;
    const count = counts.get(outcome.kind) ?? { statements: 0, calls: 0 };
    counts.set(outcome.kind, count);
    count.statements += 1;
    count.calls += calls;
    if (outcome.kind === 'template') addTo(byKey, outcome.template);
    if (outcome.kind === 'unparsed') {
      unparsed.set(outcome.reason, (unparsed.get(outcome.reason) ?? 0) + 1);
    }
  }
  const of = (kind: Outcome['kind']): Count => counts.get(kind) ?? { statements: 0, calls: 0 };
  return {
    templates: [...byKey.values()].toSorted((a, b) => b.calls - a.calls),
    read: {
      statements: statements.length,
      calls: statements.reduce((sum, { calls }) => sum + calls, 0),
      utilityStatements: of('utility').statements + of('bulk').statements,
      utilityCalls: of('utility').calls + of('bulk').calls,
      catalogStatements: of('catalog').statements + of('own').statements,
      catalogCalls: of('catalog').calls + of('own').calls,
      nestedStatements: of('nested').statements,
      nestedCalls: of('nested').calls,
    },
    unparsed: [...unparsed].map(([reason, count]) => ({ source: 0, line: null, reason, count })),
    hidden: of('hidden'),
    bulk: of('bulk'),
    withoutText: of('lost'),
  };
}

function addTo(byKey: Map<string, Template>, template: Template): void {
  const key = templateKey(template.sql, template.fingerprint);
  const known = byKey.get(key);
  byKey.set(
    key,
    known === undefined
      ? template
      : {
          ...known,
          calls: known.calls + template.calls,
          totalMs: (known.totalMs ?? 0) + (template.totalMs ?? 0),
          rows: (known.rows ?? 0) + (template.rows ?? 0),
        },
  );
}

function outcomeOf(counters: StatementCounters, reading: TemplateReading): Outcome {
  const { grammar } = reading;
  const { id, text, topLevel, calls, totalMs, rows } = counters;
  if (id === null || text === hiddenText) return { kind: 'hidden' };
  if (text === null) return { kind: 'lost' };
  if (isOwnStatement(text)) return { kind: 'own' };
  if (!topLevel) return { kind: 'nested' };
  const word = firstWord(text);
  if (bulk.has(word)) return { kind: 'bulk' };
  if (!templateWords.has(word)) return { kind: 'utility' };
  const mended = isWhole(text, word, grammar) ? text : mendedTemplate(text, grammar);
  const parsed = grammar.parse(mended);
  if ('fault' in parsed) return faultOf(parsed.fault.message);
  const kind = statementKind(parsed.tree, reading.isTable);
  if (kind !== 'template') return { kind };
  // The server keeps a text as it was sent when it had thrown out the statement while that ran, and
  // those of cursors before version 18.
  const sql = reading.renamed(withoutLiterals(mended, grammar));
  const fingerprint = grammar.fingerprint(sql);
  if (fingerprint === null) return { kind: 'unparsed', reason: 'it has no fingerprint' };
  const template = { sql, fingerprint, calls, totalMs, rows, source: 0, line: null };
  return { kind: 'template', template };
}

/** The grammar is asked about these only: it takes a millisecond a statement. */
const templateWords = new Set(
  'select insert update delete merge with values table declare prepare'.split(' '),
);
/** Work on tables that no template shows. */
const bulk = new Set(['copy', 'call', 'do', 'execute', 'fetch', 'truncate', 'refresh']);

/** Behind comments, brackets and semicolons; in lower case. */
function firstWord(sql: string): string {
  const [, word = ''] = /^(?:[\s;(]|--[^\n]*\n|\/\*[\s\S]*?\*\/)*([a-z]+)/i.exec(sql) ?? [];
  return word.toLowerCase();
}

/** Whether nothing is to be mended, which takes twice as long as all the rest. */
const isWhole = (sql: string, word: string, grammar: Grammar): boolean =>
  !['declare', 'prepare'].includes(word) &&
  !/--|\/\*|;/.test(sql) &&
  !('fault' in grammar.parse(sql));

/** A message quotes the statement. */
const faultOf = (message: string): Outcome => ({
  kind: 'unparsed',
  reason: message.replace(/"[^]*"/, '"..."'),
});
