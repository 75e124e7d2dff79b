import type { TableSet } from '../../scenario/table-types.ts';
import { type Fact, fact } from '../../result/finding.ts';
import type { StatementReader } from '../../sql/sql-reader.ts';
import type { QueryEvidence } from '../evidence.ts';
import { checkedDrafts } from './checked-drafts.ts';
import { Expectations } from './expectations.ts';
import { operationComment } from './operation-comment.ts';
import { OperationNames } from './operation-names.ts';
import { type OperationPlan, planOf, worksIn } from './operation-plan.ts';
import { counts, sortedTemplates, type TemplateWork } from './template-works.ts';
import { callsInside, transactionPlans } from './transaction-plans.ts';
import { withWaysRound } from './ways-round.ts';
import type { WrittenOperation } from './written-operation.ts';
import { WritingTables } from './written-statement.ts';

export interface WritingOptions {
  /** Share of the calls that operations have to stand for, 0 to 1. */
  readonly coverage: number;
}

export interface WrittenOperations {
  /** The most frequent first. */
  readonly operations: readonly WrittenOperation[];
  /** By index of the template. */
  readonly leftOut: ReadonlyMap<number, Fact>;
  /** Share of the calls on tables that operations stand for. */
  readonly coveredShare: number;
}

/**
 * Operations from templates: 1. templates that are one are put together, what is no work is put
 * aside; 2. transactions, and templates outside of them, become plans, the heaviest first; 3. each
 * is written, and read back by the scenario's own reader; 4. all of them say what else they may
 * meet, and joins that cannot run by some key have a way round.
 *
 * @param set tables of the scenario, with their generators and the keys that it names
 */
export function writtenOperations(
  queries: QueryEvidence,
  set: TableSet,
  reader: StatementReader,
  { coverage }: WritingOptions,
): WrittenOperations {
  const tables = new WritingTables(set, reader);
  const { works, leftOut: aside } = sortedTemplates(queries.templates, tables);
  const callsOf = (template: number): number => queries.templates[template]?.calls ?? 0;
  const counted = [...aside].filter(([, { reason }]) => counts(reason));
  const whole =
    sum(works.map(({ calls }) => calls)) + sum(counted.map(([template]) => callsOf(template)));
  const left = new LeftOutTemplates(queries, whole);
  for (const [template, { reason, name }] of aside) left.add([template], reason, name);
  const plans = plansOf(queries, works);
  const { drafts, refused } = checkedDrafts(plans, tables, { least: coverage * whole, whole });
  const written = new Set(drafts.flatMap(({ plan }) => worksIn(plan)));
  for (const { work, reason, name } of refused) {
    if (!written.has(work)) left.add(work.templates, reason, name);
  }
  for (const work of works) if (!written.has(work)) left.add(work.templates, 'rare');
  const covered = sum(drafts.map(({ plan }) => plan.calls));
  const total = sum(drafts.map(({ plan, standsFor }) => plan.count * standsFor));
  const names = new OperationNames();
  const expectations = new Expectations(drafts, tables);
  const alone = drafts.map((draft): WrittenOperation => {
    const expect = expectations.of(draft);
    const own = {
      name: names.add(draft.wanted),
      weight: weightOf((draft.plan.count * draft.standsFor) / total),
      comment: operationComment(draft, whole, expect),
    };
    return Object.assign(own, draft.written, expect.length > 0 && { expect });
  });
  const operations = withWaysRound(alone, drafts, tables);
  return { operations, leftOut: left.facts, coveredShare: whole === 0 ? 0 : covered / whole };
}

const sum = (numbers: readonly number[]): number => numbers.reduce((so, each) => so + each, 0);

/** In percent, in so many digits that no weight is off by more than 0.05 %. */
const weightOf = (share: number): number => Number((100 * share).toPrecision(4));

/** What ran outside of transactions, or of those that are known, is an operation by itself. */
function plansOf(queries: QueryEvidence, works: readonly TemplateWork[]): OperationPlan[] {
  const byTemplate = new Map(works.flatMap((work) => work.templates.map((at) => [at, work])));
  const workOf = (template: number): TemplateWork | undefined => byTemplate.get(template);
  const transactions = transactionPlans(queries.transactions, workOf);
  const inside = callsInside(queries.transactions, workOf);
  const alone = works.flatMap((work) => {
    const calls = work.calls - (inside.get(work) ?? 0);
    // Counts of calls and of transactions may be a few apart.
    return calls > work.calls / 1000 ? [planOf(work, calls)] : [];
  });
  return [...transactions, ...alone].toSorted((one, other) => other.calls - one.calls);
}

/** Why templates are in no operation; the first reason holds. */
class LeftOutTemplates {
  readonly facts = new Map<number, Fact>();
  readonly #queries: QueryEvidence;
  readonly #whole: number;

  constructor(queries: QueryEvidence, whole: number) {
    this.#queries = queries;
    this.#whole = whole;
  }

  add(templates: readonly number[], reason: string, name?: string): void {
    for (const template of templates) {
      if (this.facts.has(template)) continue;
      const calls = this.#queries.templates[template]?.calls ?? 0;
      const share = this.#whole === 0 ? 0 : calls / this.#whole;
      const found = fact(`template-${reason}`, {
        numbers: { calls, callShare: share },
        names: { name },
        place: `/templates/${template}`,
      });
      this.facts.set(template, found);
    }
  }
}
