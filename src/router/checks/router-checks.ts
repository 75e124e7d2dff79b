import type { RoutedKeyType } from '../../base/keys.ts';
import { keyTypes } from '../../base/keys.ts';
import type { CheckedRouter, RouterCheck } from './checked-router.ts';
import { extremeKeyCheck } from './extreme-key-checks.ts';
import { growthCheck, sizeChecks } from './growth-checks.ts';
import { routingChecks } from './routing-checks.ts';
import { shareChecks } from './share-checks.ts';
import { rangeCheck, traitChecks } from './trait-checks.ts';

const routedTypes: readonly RoutedKeyType[] = [...keyTypes, 'composite'];

/** Everything that every router promises, or has a trait for. */
export const routerChecks: readonly RouterCheck[] = [
  ...routedTypes.flatMap(routingChecks),
  ...keyTypes.map(extremeKeyCheck),
  ...routedTypes.map(growthCheck),
  ...sizeChecks,
  ...shareChecks,
  ...traitChecks,
  ...routedTypes.map(rangeCheck),
];

export interface CheckOutcome {
  readonly check: string;
  readonly outcome: 'holds' | 'fails' | 'does not apply';
  /** What was found instead, or why it does not apply; '' when it holds. */
  readonly reason: string;
}

/** Runs one check; whatever it throws is what was found. */
export function runCheck(check: RouterCheck, router: CheckedRouter): CheckOutcome {
  const excuse = check.excuse(router);
  if (excuse !== null) return { check: check.name, outcome: 'does not apply', reason: excuse };
  try {
    check.run(router);
    return { check: check.name, outcome: 'holds', reason: '' };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { check: check.name, outcome: 'fails', reason };
  }
}
