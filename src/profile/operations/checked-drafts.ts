import type { Operation } from '../../scenario/types.ts';
import { type DraftedOperation, draftedOperation } from './drafted-operation.ts';
import { type OperationPlan, type PlannedStep, planOf } from './operation-plan.ts';
import { layoutsByKey, placingsOf, templateFates } from './statement-fates.ts';
import { type PlanGroup, planGroups, timesOfPlans } from './represented-plans.ts';
import type { TemplateWork } from './template-works.ts';
import { readBack } from './written-check.ts';
import type { WritingTables } from './written-statement.ts';

export interface CheckedDrafts {
  readonly drafts: readonly CheckedDraft[];
  readonly refused: readonly RefusedWork[];
}

export interface CheckedDraft extends DraftedOperation {
  /** Times its own calls: rare ones that are like it are no operations of their own. */
  readonly standsFor: number;
}

export interface RefusedWork {
  readonly work: TemplateWork;
  readonly reason: 'column-without-value' | 'not-accepted';
  /** Of the column, or what the scenario's reader says. */
  readonly name: string;
}

interface Read {
  readonly draft: DraftedOperation;
  readonly operation: Operation;
}

/** A kind of plans with fewer of all calls may have no operation that stands for it. */
const kindShareLeast = 0.002;
/** What ran once or twice was a load or a trial, and no work of every day. */
const kindCallsLeast = 5;
const kindsMost = 40;

/**
 * Writes plans, the heaviest first, until they stand for so many calls, and of each further kind of
 * plans the heaviest. A statement that cannot be written is left out of its transaction.
 *
 * @param whole calls of all
 */
export function checkedDrafts(
  plans: readonly OperationPlan[],
  tables: WritingTables,
  { least, whole }: { readonly least: number; readonly whole: number },
): CheckedDrafts {
  const found = new Map<OperationPlan, readonly Read[]>();
  const refused: RefusedWork[] = [];
  let calls = 0;
  for (const plan of plans) {
    if (calls >= least) break;
    const reads = readPlan(plan, tables, refused);
    if (reads.length > 0) found.set(plan, reads);
    calls += reads.reduce((sum, { draft }) => sum + draft.plan.calls, 0);
  }
  const kinds = kindsOf([...found.values()].flat(), plans, tables);
  for (const kind of kinds.slice(0, kindsMost)) {
    if (
      kind.calls < Math.max(kindCallsLeast, kindShareLeast * whole) ||
      kind.plans.some((plan) => found.has(plan))
    )
      continue;
    for (const plan of kind.plans.slice(0, triesMost)) {
      const reads = readPlan(plan, tables, refused);
      if (reads.length > 0) found.set(plan, reads);
      if (reads.length > 0) break;
    }
  }
  const times = timesOfPlans(kinds, (plan) => found.has(plan));
  const standsFor = [...found].flatMap(([plan, reads]) => reads.map(() => times.get(plan) ?? 1));
  const drafts = withOtherTenants([...found.values()].flat(), tables);
  return {
    drafts: drafts.map((draft, at) => Object.assign({}, draft, { standsFor: standsFor[at] ?? 1 })),
    refused,
  };
}

const triesMost = 10;

/** None without keys. */
function kindsOf(
  found: readonly Read[],
  plans: readonly OperationPlan[],
  tables: WritingTables,
): PlanGroup[] {
  if (tables.set.keys.length === 0 || found.length === 0) return [];
  const layouts = layoutsByKey(
    found.map(({ operation }) => operation),
    tables,
  );
  return planGroups(plans, placingsOf(layouts, tables), tables);
}

function readPlan(
  plan: OperationPlan,
  tables: WritingTables,
  refused: RefusedWork[],
): readonly Read[] {
  const read = readDraft(plan, tables, false);
  if (!('problem' in read) && read.missing === undefined) return [read.read];
  if (!plan.isTransaction) {
    const [work] = plan.steps.flatMap(({ works }) => works);
    if (work !== undefined) refused.push(refusalOf(work, read));
    return [];
  }
  const rest = withoutRefused(plan, tables, refused);
  if (rest === undefined) return [];
  const again = readDraft(rest, tables, false);
  if (!('problem' in again)) return [again.read];
  // Each statement can be, but not all of them together: then by itself each.
  return rest.steps.flatMap(({ works, from, to }) =>
    works.flatMap((work) =>
      readPlan(planOf(work, (rest.count * (from + to)) / 2), tables, refused),
    ),
  );
}

type DraftRead = { readonly problem: string } | { readonly read: Read; readonly missing?: string };

function readDraft(plan: OperationPlan, tables: WritingTables, isOther: boolean): DraftRead {
  try {
    return draftRead(plan, tables, isOther);
  } catch (error) {
    // Expressions of thousands of levels: the stack ends before they do.
    if (error instanceof RangeError) return { problem: 'nested too deeply' };
    throw error;
  }
}

function draftRead(plan: OperationPlan, tables: WritingTables, isOther: boolean): DraftRead {
  const draft = draftedOperation(plan, tables, isOther);
  const operation = readBack({ name: 'x', weight: 1, comment: '', ...draft.written }, tables);
  if ('problem' in operation) return operation;
  const missing = draft.statements.flatMap((each) => each.missing)[0];
  return { read: { draft, operation }, ...(missing !== undefined && { missing }) };
}

function refusalOf(work: TemplateWork, read: DraftRead): RefusedWork {
  if ('problem' in read) return { work, reason: 'not-accepted', name: read.problem };
  return { work, reason: 'column-without-value', name: read.missing ?? '' };
}

/** Each of its statements by itself says whether it can stay. */
function withoutRefused(
  plan: OperationPlan,
  tables: WritingTables,
  refused: RefusedWork[],
): OperationPlan | undefined {
  const stays = (work: TemplateWork): boolean => {
    const steps = [{ works: [work], from: 1, to: 1 }];
    const read = readDraft({ steps, count: 1, calls: 1, isTransaction: false }, tables, false);
    if (!('problem' in read) && read.missing === undefined) return true;
    if (!refused.some((each) => each.work === work)) refused.push(refusalOf(work, read));
    return false;
  };
  let lost = 0;
  const steps = plan.steps.flatMap((step): PlannedStep[] => {
    const works = step.works.filter(stays);
    const mean = (step.from + step.to) / 2;
    lost += (step.works.length - works.length) * mean * plan.count;
    return works.length === 0 ? [] : [{ ...step, works }];
  });
  if (steps.length === 0) return undefined;
  return { ...plan, steps, calls: Math.max(0, plan.calls - lost) };
}

/**
 * Where two rows of one tenant would make of a statement something else than its template is by
 * some key, they are of two tenants.
 */
function withOtherTenants(found: readonly Read[], tables: WritingTables): DraftedOperation[] {
  if (tables.set.keys.length === 0) return found.map(({ draft }) => draft);
  const first = differences(found, tables);
  const others = found.map(({ draft }, index): Read | undefined => {
    if (first[index] === 0) return undefined;
    const again = readDraft(draft.plan, tables, true);
    return 'problem' in again ? undefined : again.read;
  });
  const tried = found.map((read, index) => others[index] ?? read);
  const second = others.some((each) => each !== undefined) ? differences(tried, tables) : first;
  return found.map(({ draft }, index) => {
    const isBetter = (second[index] ?? 0) < (first[index] ?? 0);
    return isBetter ? (tried[index]?.draft ?? draft) : draft;
  });
}

/** By how many statements and keys operations differ from what they were written from. */
function differences(found: readonly Read[], tables: WritingTables): number[] {
  const layouts = layoutsByKey(
    found.map(({ operation }) => operation),
    tables,
  );
  const placings = placingsOf(layouts, tables);
  return found.map(({ draft }, index) => {
    const wanted = draft.statements.map(({ work }) => templateFates(work.sql, placings, tables));
    return layouts.reduce((sum, { operations }, key) => {
      const fates = operations[index]?.statements ?? [];
      return sum + fates.filter(({ fate }, at) => fate !== wanted[at]?.[key]).length;
    }, 0);
  });
}
