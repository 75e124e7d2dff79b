import type { Steps } from '../../../base/steps.ts';
import type { QueryEvidence, Unparsed, Unseen } from '../../../profile/evidence.ts';
import { unseen } from '../unseen-codes.ts';
import {
  type NoStatements,
  type StatementCounters,
  type StatementSample,
  statementsBetween,
} from './statement-counters.ts';
import { type ReadTemplates, readTemplates, type TemplateReading } from './templates.ts';

export interface SeenStatements {
  /** null: none could be seen. */
  readonly queries: QueryEvidence | null;
  readonly read: Readonly<Record<string, number>>;
  readonly unparsed: readonly Unparsed[];
  readonly unseen: readonly Unseen[];
}

type Sampled = StatementSample | NoStatements;

/** Between two samples; or, with one only, since the last reset. */
export function* seenStatements(
  first: Sampled,
  second: Sampled | null,
  reading: TemplateReading,
): Steps<SeenStatements> {
  const last = second ?? first;
  if ('reason' in last) return noStatements(last);
  const period = periodOf('reason' in first ? null : first, second === null ? null : last, last);
  const templates = yield* readTemplates(period.statements, reading);
  return {
    queries: {
      templates: templates.templates,
      seconds: period.seconds,
      transactions: [],
      perSecond: [],
    },
    read: templates.read,
    unparsed: templates.unparsed,
    unseen: [...period.unseen, ...unseenTemplates(templates), ...evictionsOf(last)],
  };
}

interface Period {
  readonly statements: readonly StatementCounters[];
  readonly seconds: number | null;
  readonly unseen: readonly Unseen[];
}

function periodOf(
  first: StatementSample | null,
  second: StatementSample | null,
  last: StatementSample,
): Period {
  const since = last.resetAtSeconds;
  const sinceReset = since === null ? null : last.atSeconds - since;
  const unknown = sinceReset === null ? [unseen('statements-since-unknown')] : [];
  if (first === null || second === null) {
    return { statements: last.statements, seconds: sinceReset, unseen: unknown };
  }
  const changes = statementsBetween(first, second);
  if (changes === null) {
    const reset = unseen('reset-while-watching', { of: 'statements' });
    return { statements: last.statements, seconds: sinceReset, unseen: [reset, ...unknown] };
  }
  return { statements: changes, seconds: second.atSeconds - first.atSeconds, unseen: [] };
}

function noStatements({ reason, message }: NoStatements): SeenStatements {
  const codes = {
    'not-installed': 'statements-not-installed',
    'not-preloaded': 'statements-not-preloaded',
    'not-readable': 'statements-not-readable',
    outdated: 'statements-outdated',
  } as const;
  const names: Unseen['names'] =
    reason === 'outdated' ? { version: message } : message === '' ? {} : { message };
  return { queries: null, read: {}, unparsed: [], unseen: [unseen(codes[reason], names)] };
}

function unseenTemplates({ hidden, bulk, withoutText, read }: ReadTemplates): readonly Unseen[] {
  const nested = { statements: read['nestedStatements'] ?? 0, calls: read['nestedCalls'] ?? 0 };
  return [
    ...(hidden.statements > 0 ? [unseen('statements-hidden', {}, { ...hidden })] : []),
    ...(bulk.statements > 0 ? [unseen('statements-bulk', {}, { ...bulk })] : []),
    ...(withoutText.statements > 0
      ? [unseen('statements-without-text', {}, { ...withoutText })]
      : []),
    ...(nested.statements > 0 ? [unseen('statements-nested', {}, nested)] : []),
  ];
}

const evictionsOf = ({ evictions }: StatementSample): readonly Unseen[] =>
  evictions === null || evictions === 0
    ? []
    : [unseen('statements-evicted', {}, { times: evictions })];
