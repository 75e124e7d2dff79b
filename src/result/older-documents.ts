import { textOnly } from './finding.ts';

/** Turns the JSON of an older version into the present one's; what is wrong in it stays wrong. */
export type Upgrade = (json: unknown) => unknown;

/**
 * The upgrade of a document whose findings were sentences.
 *
 * @param places where they stand, by names between slashes; `*` is every member of a list
 * @param renamed the names that the last part of some places has in the present version
 */
export function sentencesToFindings(
  schema: string,
  places: readonly string[],
  renamed: Readonly<Record<string, string>> = {},
): Upgrade {
  return (json) =>
    places.reduce<unknown>(
      (document, place) => withFindings(document, place.split('/'), renamed[place]),
      isRecord(json) ? { ...json, schema } : json,
    );
}

function withFindings(
  value: unknown,
  [step, ...rest]: readonly string[],
  name: string | undefined,
): unknown {
  if (step === undefined) return typeof value === 'string' ? textOnly(value) : value;
  if (step === '*') {
    const members: readonly unknown[] | null = Array.isArray(value) ? value : null;
    return members?.map((each) => withFindings(each, rest, name)) ?? value;
  }
  if (!isRecord(value) || !Object.hasOwn(value, step)) return value;
  const { [step]: part, ...others } = value;
  const key = rest.length === 0 ? (name ?? step) : step;
  return { ...others, [key]: withFindings(part, rest, name) };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
