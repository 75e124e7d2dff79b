import type { z } from 'zod';
import { suggest } from '../base/suggest.ts';
import { namesIn } from './fields.ts';
import { mismatch, type Path, type Problem } from './problem.ts';

type Issue = z.core.$ZodIssue;

/** What zod found wrong, as problems; `data` is the document that it looked at. */
export function problemsOf(issues: readonly Issue[], data: unknown, base: Path = []): Problem[] {
  return issues.flatMap((issue) => {
    const path = [...base, ...issue.path.map(asStep)];
    if (issue.code === 'unrecognized_keys') return unknownKeys(issue, path);
    if (issue.code === 'invalid_union') return unionProblems(issue, data, path);
    if (issue.code === 'invalid_key') {
      return [{ path, at: 'key', text: mismatch(path.at(-1), issue.message) }];
    }
    const found = valueAt(data, path);
    return [{ path, at: 'value', text: mismatch(found, issue.message, nearest(issue, found)) }];
  });
}

function asStep(step: PropertyKey): string | number {
  return typeof step === 'symbol' ? String(step) : step;
}

function nearest(issue: Issue, found: unknown): string | undefined {
  if (issue.code !== 'invalid_value' || typeof found !== 'string') return undefined;
  return suggest(
    found,
    issue.values.filter((value) => typeof value === 'string'),
  );
}

function unknownKeys(issue: z.core.$ZodIssueUnrecognizedKeys, path: Path): Problem[] {
  const allowed = namesIn(issue.message);
  return issue.keys.map((key) => unknownKey([...path, key], key, allowed));
}

function unknownKey(path: Path, key: string, allowed: readonly string[]): Problem {
  const meant = suggest(key, allowed);
  const end = meant === undefined ? '' : `; did you mean ${meant}?`;
  return { path, at: 'key', text: `found an unknown key; allowed: ${allowed.join(', ')}${end}` };
}

/**
 * A union's own message is of little help when the author clearly meant one of its forms. That form
 * is the one with the fewest keys missing or too many; where two are as near, keys that no form has
 * are named, and only then the whole union.
 */
function unionProblems(issue: z.core.$ZodIssueInvalidUnion, data: unknown, path: Path): Problem[] {
  const found = valueAt(data, path);
  const forms = issue.errors
    .map((issues) => ({ issues, distance: distanceOf(issues, found) }))
    .toSorted((a, b) => a.distance - b.distance);
  const [first, second] = forms;
  const whole: Problem = { path, at: 'value', text: mismatch(found, issue.message) };
  if (first === undefined || first.distance >= otherShape) return [whole];
  if (second === undefined || first.distance < second.distance) {
    return problemsOf(first.issues, data, path);
  }
  const maps = forms.filter((form) => form.distance < otherShape);
  const strangers = keysInNoForm(maps.map((form) => form.issues));
  return strangers.keys.length === 0
    ? [whole]
    : strangers.keys.map((key) => unknownKey([...path, key], key, strangers.allowed));
}

/** A text where a map should be, or the reverse: further off than any wrong key. */
const otherShape = 1000;

function distanceOf(issues: readonly Issue[], found: unknown): number {
  let distance = 0;
  for (const issue of issues) {
    if (issue.path.length === 0) {
      if (issue.code === 'unrecognized_keys') distance += issue.keys.length;
      else if (issue.code === 'invalid_type') distance += otherShape;
      else if (issue.code === 'invalid_value') distance += isObject(found) ? otherShape : 1;
    } else if (issue.path.length === 1 && valueAt(found, issue.path.map(asStep)) === undefined) {
      distance++;
    }
  }
  return distance;
}

/** Keys that every form refuses, and the names that one of them takes. */
function keysInNoForm(forms: readonly (readonly Issue[])[]): { keys: string[]; allowed: string[] } {
  const refused = forms.map((issues) =>
    issues
      .filter((issue) => issue.code === 'unrecognized_keys')
      .filter((issue) => issue.path.length === 0),
  );
  const keys = new Set(refused.flat().flatMap((issue) => issue.keys));
  const allowed = new Set(refused.flat().flatMap((issue) => namesIn(issue.message)));
  const byAll = (key: string) =>
    refused.every((issues) => issues.some((issue) => issue.keys.includes(key)));
  return { keys: [...keys].filter(byAll), allowed: [...allowed] };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function valueAt(data: unknown, path: Path): unknown {
  let value = data;
  for (const step of path) {
    if (!isObject(value) || !Object.hasOwn(value, step)) return undefined;
    value = value[step];
  }
  return value;
}
