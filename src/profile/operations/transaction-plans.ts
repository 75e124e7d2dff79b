import type { TransactionTemplate } from '../evidence.ts';
import type { OperationPlan, PlannedStep } from './operation-plan.ts';
import type { TemplateWork } from './template-works.ts';

type WorkOf = (template: number) => TemplateWork | undefined;

/** A part of a transaction that ran so often in a row. */
interface Part {
  readonly works: readonly TemplateWork[];
  readonly times: number;
}

/** Longer transactions are looked through for repetitions no further. */
const partsMost = 500;
const repeatsMost = 1000;

/**
 * Transactions as operations: those that differ only in how often parts of them repeat are one.
 * Those of one statement are none, for each statement is a transaction by itself.
 */
export function transactionPlans(
  transactions: readonly TransactionTemplate[],
  workOf: WorkOf,
): readonly OperationPlan[] {
  const seen = transactions.flatMap(({ steps, count }) => {
    const parts = steps.flatMap(({ template, repeats }): Part[] => {
      const work = workOf(template);
      return work === undefined ? [] : [{ works: [work], times: repeats }];
    });
    const calls = parts.reduce((sum, { times }) => sum + times, 0);
    return calls < 2 || count === 0 ? [] : [{ parts: asLoops(joined(parts)), count }];
  });
  const looped = seen.map(({ parts, count }) => ({ parts: withLoops(parts), count }));
  const loops = looped.flatMap(({ parts }) => parts.filter(({ works }) => works.length > 1));
  const known = new Map(loops.map((part) => [keyOf(part), part]));
  const folded = looped.map(({ parts, count }) => ({ parts: withKnown(parts, known), count }));
  const shapes = Map.groupBy(folded, ({ parts }) => parts.map(keyOf).join(' '));
  return [...shapes.values()].map(planOfShape);
}

const keyOf = ({ works }: Pick<Part, 'works'>): string =>
  works.map(({ templates }) => templates[0]).join();

/** The same one after another is one part, as templates of one work may be. */
function joined(parts: readonly Part[]): Part[] {
  const found: Part[] = [];
  for (const part of parts) {
    const last = found.at(-1);
    if (last === undefined || keyOf(last) !== keyOf(part)) found.push(part);
    else found[found.length - 1] = { works: part.works, times: last.times + part.times };
  }
  return found;
}

/** Neighbours that repeat equally often are what is left of a loop of all of them. */
function asLoops(parts: readonly Part[]): Part[] {
  const found: Part[] = [];
  for (const part of parts) {
    const last = found.at(-1);
    if (last === undefined || part.times === 1 || last.times !== part.times) found.push(part);
    else found[found.length - 1] = { works: [...last.works, ...part.works], times: part.times };
  }
  return found;
}

/** Several parts that come again at once are a loop. */
function withLoops(parts: readonly Part[]): Part[] {
  if (parts.length > partsMost) return [...parts];
  const found: Part[] = [];
  for (let at = 0; at < parts.length; ) {
    const loop = loopAt(parts, at);
    const part = parts[at];
    if (loop !== undefined) {
      found.push(loop);
      at += loop.works.length * loop.times;
    } else {
      if (part !== undefined) found.push(part);
      at += 1;
    }
  }
  return found;
}

function loopAt(parts: readonly Part[], at: number): Part | undefined {
  for (let length = 2; at + 2 * length <= parts.length; length += 1) {
    const block = parts.slice(at, at + length);
    // No repetition within a repetition.
    if (block.some(({ times, works }) => times > 1 || works.length > 1)) return undefined;
    const key = block.map(keyOf).join(' ');
    let times = 1;
    const next = (): readonly Part[] => parts.slice(at + times * length, at + (times + 1) * length);
    while (next().every((each) => each.times === 1) && next().map(keyOf).join(' ') === key) {
      times += 1;
    }
    if (times > 1) return { works: block.flatMap(({ works }) => works), times };
  }
  return undefined;
}

/** What is a loop elsewhere may run once here. */
function withKnown(parts: readonly Part[], loops: ReadonlyMap<string, Part>): Part[] {
  const found: Part[] = [];
  for (let at = 0; at < parts.length; ) {
    const loop = [...loops.values()].find(({ works }) => {
      const block = parts.slice(at, at + works.length);
      const isPlain = block.every((each) => each.times === 1 && each.works.length === 1);
      return isPlain && block.map(keyOf).join() === keyOf({ works });
    });
    const part = parts[at];
    if (loop !== undefined) found.push({ works: loop.works, times: 1 });
    else if (part !== undefined) found.push(part);
    at += loop === undefined ? 1 : loop.works.length;
  }
  return found;
}

function planOfShape(
  seen: readonly { readonly parts: readonly Part[]; readonly count: number }[],
): OperationPlan {
  const count = seen.reduce((sum, each) => sum + each.count, 0);
  const [first] = seen;
  const steps = (first?.parts ?? []).map(({ works }, index): PlannedStep => {
    const times = seen.map((each) => each.parts[index]?.times ?? 1);
    const sum = seen.reduce((so, each, at) => so + each.count * (times[at] ?? 1), 0);
    const { from, to } = rangeOf(times, sum / count);
    return { works, from, to };
  });
  const calls = seen.reduce((sum, each) => sum + each.count * callsOf(each.parts), 0);
  return { steps, count, calls, isTransaction: true };
}

const callsOf = (parts: readonly Part[]): number =>
  parts.reduce((sum, { works, times }) => sum + works.length * times, 0);

/** From the fewest (1 where only a mean is known) to so many that the mean is that seen. */
function rangeOf(times: readonly number[], mean: number): { from: number; to: number } {
  const least = times.every((each) => Number.isInteger(each)) ? Math.min(...times) : 1;
  const from = Math.min(least, repeatsMost);
  const to = Math.min(Math.max(from, Math.round(2 * mean - from)), repeatsMost);
  return { from, to };
}

/** Calls of each work within these transactions. */
export function callsInside(
  transactions: readonly TransactionTemplate[],
  workOf: WorkOf,
): ReadonlyMap<TemplateWork, number> {
  const calls = new Map<TemplateWork, number>();
  for (const { steps, count } of transactions) {
    const known = steps.flatMap(({ template, repeats }) => {
      const work = workOf(template);
      return work === undefined ? [] : [{ work, repeats }];
    });
    if (known.reduce((sum, { repeats }) => sum + repeats, 0) < 2) continue;
    for (const { work, repeats } of known) {
      calls.set(work, (calls.get(work) ?? 0) + count * repeats);
    }
  }
  return calls;
}
