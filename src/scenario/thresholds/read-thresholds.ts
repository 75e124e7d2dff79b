import { mismatch, type Problems } from '../problem.ts';
import { type KnownNames, readSelector } from './metric-selector.ts';
import { readExpression } from './threshold-expression.ts';
import type { Threshold } from '../../base/thresholds/threshold-types.ts';
import type { SoundThresholds } from './thresholds-input.ts';

/** Those of a scenario; what is wrong with one is added to the problems. */
export function readThresholds(
  input: SoundThresholds,
  known: KnownNames,
  problems: Problems,
): Threshold[] {
  return Object.entries(input).flatMap(([key, limits]) => {
    const selector = readSelector(key, known);
    if ('faults' in selector) {
      for (const text of selector.faults) {
        problems.all.push({ path: ['thresholds', key], at: 'key', text });
      }
      return [];
    }
    const { metric, tags } = selector.read;
    return limits.flatMap((limit, index) => {
      if (limit === undefined) return [];
      const isText = typeof limit === 'string';
      const written = isText ? limit : limit.threshold;
      const expression = readExpression(written, metric, tags.shard !== undefined);
      if ('faults' in expression) {
        const path = ['thresholds', key, index, ...(isText ? [] : ['threshold'])];
        for (const text of expression.faults) problems.add(path, text);
        return [];
      }
      const abortOnFail = !isText && limit.abortOnFail;
      const delayAbortEvalMs = isText ? 0 : limit.delayAbortEval;
      return [{ metric, tags, ...expression.read, abortOnFail, delayAbortEvalMs }];
    });
  });
}

/** Those of the command line, each `metric{tags}: expression`; faults say which one is meant. */
export function typedThresholds(
  texts: readonly string[],
  known: KnownNames,
  problems: string[],
): Threshold[] {
  return texts.flatMap((text) => {
    const read = typedThreshold(text, known);
    if (!('faults' in read)) return [read];
    problems.push(...read.faults.map((fault) => `--threshold '${text}': ${fault}`));
    return [];
  });
}

/** The colon that ends the metric is the first one that is not within its tags. */
const typed = /^([^:{]*(?:\{(?:[^}"']|"[^"]*"|'[^']*')*\})?)\s*:(.*)$/s;

/** `metric{tags}: expression`. */
export function typedThreshold(
  text: string,
  known: KnownNames,
): Threshold | { readonly faults: readonly string[] } {
  const [, key, written = ''] = typed.exec(text) ?? [];
  if (key === undefined) {
    const allowed =
      'a metric, a colon and an expression, such as ' +
      "'response_ms{operation:place_order}: p(99)<50'";
    return { faults: [mismatch(text, allowed)] };
  }
  const selector = readSelector(key, known);
  if ('faults' in selector) return selector;
  const { metric, tags } = selector.read;
  const expression = readExpression(written, metric, tags.shard !== undefined);
  if ('faults' in expression) return expression;
  return { metric, tags, ...expression.read, abortOnFail: false, delayAbortEvalMs: 0 };
}
