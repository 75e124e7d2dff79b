import type { Finding } from '../result/finding.ts';
import type { RunResult } from '../result/types.ts';
import { sentence } from './text.ts';

const codes: ReadonlySet<string> = new Set([
  'neighbours-of-largest-wait',
  'neighbours-of-largest-fail',
]);

/** Who suffers most beside the largest tenant, for the terminal; the report has all of them. */
export function neighbourLine({ findings }: RunResult): readonly string[] {
  const found = findings
    .filter(({ code }) => codes.has(code))
    .toSorted((a, b) => harm(b) - harm(a));
  const [worst] = found;
  return worst === undefined ? [] : [sentence(worst.text)];
}

/** How many times as long they wait; those that fail come first. */
function harm({ numbers: { besideMsP99, elsewhereMsP99 = 0 } }: Finding): number {
  return besideMsP99 === undefined ? Infinity : besideMsP99 / elsewhereMsP99;
}
