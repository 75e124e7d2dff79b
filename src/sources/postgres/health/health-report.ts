import type { HealthFact, Unseen } from '../../../profile/evidence.ts';
import type { HealthCode, HealthUnseenCode } from './health-codes.ts';

type Values = Readonly<Record<string, number | null | undefined>>;

/** A fact; numbers that are not known are left out. */
export function healthFact(
  code: HealthCode,
  value: number,
  unit: string,
  details: {
    readonly numbers?: Values;
    readonly names?: HealthFact['names'];
    readonly arguesFor?: HealthFact['arguesFor'];
  } = {},
): HealthFact {
  const numbers = Object.entries(details.numbers ?? {}).filter(
    (entry): entry is [string, number] => typeof entry[1] === 'number' && Number.isFinite(entry[1]),
  );
  return {
    code,
    value,
    unit,
    numbers: Object.fromEntries(numbers),
    names: details.names ?? {},
    arguesFor: details.arguesFor ?? null,
  };
}

export const healthUnseen = (
  code: HealthUnseenCode,
  facts: readonly HealthCode[],
  numbers: Readonly<Record<string, number>> = {},
  names: Readonly<Record<string, string>> = {},
): Unseen => ({ code, names: { facts, ...names }, numbers });

/** What one part of the look at a server has found. */
export interface HealthPart {
  readonly facts: readonly HealthFact[];
  readonly unseen: readonly Unseen[];
}

const ofPrimary: readonly string[] = [
  'write-rate',
  'read-share',
  'wal-rate',
  'requested-checkpoints',
] satisfies HealthCode[];

/** A standby writes nothing of its own: zeros would be taken for a quiet primary. */
export function seenOnStandby({ facts, unseen }: HealthPart): HealthPart {
  const codes = facts.map(({ code }) => code).filter((code) => ofPrimary.includes(code));
  return {
    facts: facts.filter(({ code }) => !ofPrimary.includes(code)),
    unseen: [...unseen, { code: standbyCode, names: { facts: codes }, numbers: {} }],
  };
}

const standbyCode: HealthUnseenCode = 'health-of-standby';

/** null stays null, where Number would make 0 of it. */
export const numberOf = (value: unknown): number | null =>
  value === null || value === undefined ? null : Number(value);
