import { z } from 'zod';
import { keyTypes } from '../../base/keys.ts';
import { suggest } from '../../base/suggest.ts';
import type { RouterDefinition } from '../contract.ts';

const flag = z.boolean({ error: 'true or false' }).optional();
const words = z.string({ error: 'a text' }).optional();
const routine = <T>(): z.ZodType<T> =>
  z.custom<T>((value) => typeof value === 'function', { error: 'a function' });
const whole = z.int({ error: 'a whole number' });

const traitsShape = z.strictObject({
  monotone: flag,
  weighted: flag,
  ordered: flag,
  removesAny: flag,
  hashes: flag,
  hashesLabels: flag,
  placesKnownKeys: flag,
  table: z.literal(true, { error: 'true, or left out' }).optional(),
  adopts: z.literal(true, { error: 'true, or left out' }).optional(),
  lookup: words,
  memory: words,
});

const routedTypes = [...keyTypes, 'composite'] as const;

/** Whatever a RouterDefinition may have. */
const ownRouterFields = {
  name: words,
  summary: words,
  traits: traitsShape.optional(),
  parameter: z
    .strictObject(
      { name: z.string({ error: 'a text' }), default: whole, min: whole, max: whole },
      { error: '{ name, default, min, max }, or null' },
    )
    .nullable()
    .optional(),
  keyTypes: z
    .array(z.enum(routedTypes, { error: `one of ${routedTypes.join(', ')}` }), {
      error: `a list of ${routedTypes.join(', ')}`,
    })
    .min(1, { error: 'one or more key types' })
    .optional(),
  reproduces: z.strictObject({ system: z.string(), except: z.string() }).optional(),
  settings: z
    .object(
      { usage: z.string(), example: routine(), read: routine() },
      {
        error: '{ usage, example, read }',
      },
    )
    .optional(),
  build: routine(),
  expectedMovement: routine().optional(),
} satisfies Record<keyof RouterDefinition, z.ZodType>;

const ownRouterShape = z.strictObject(ownRouterFields);

/** Everything that is wrong with an object that should be an OwnRouter (own-router.ts). */
export function ownRouterProblems(exported: object): string[] {
  const read = ownRouterShape.safeParse(exported);
  return read.success ? [] : read.error.issues.flatMap(problemTexts);
}

/** An unknown name says what it may have been meant to be. */
function problemTexts(issue: z.core.$ZodIssue): string[] {
  const path = issue.path.join('.');
  if (issue.code !== 'unrecognized_keys') {
    return [`has a default export whose ${path} is wrong; allowed: ${issue.message}`];
  }
  const shape = issue.path[0] === 'traits' ? traitsShape.shape : ownRouterShape.shape;
  const names = Object.keys(shape);
  return issue.keys.map((key) => {
    const near = suggest(key, names);
    const guess = near === undefined ? '' : `; did you mean ${near}?`;
    const name = path === '' ? key : `${path}.${key}`;
    return `has a default export with an unknown ${name}; allowed: ${names.join(', ')}${guess}`;
  });
}
