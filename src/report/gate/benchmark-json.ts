// customSmallerIsBetter of https://github.com/benchmark-action/github-action-benchmark
import type { GateDocument } from '../../result/gate-document.ts';
import { intervalText, isKnown } from './rows.ts';

interface Benchmark {
  readonly name: string;
  readonly unit: string;
  readonly value: number;
  readonly range?: string;
  readonly extra?: string;
}

/**
 * The times as github-action-benchmark reads them. The ratio is what can be compared from run to
 * run: nanoseconds of one runner are not those of the next.
 */
export function gateBenchmarks({ timing, environment }: GateDocument): string {
  const benchmarks: Benchmark[] = [];
  for (const { router, shards, headNs, baseNs, head } of timing?.routers ?? []) {
    const name = `${router}, ${shards} shards`;
    const extra = environment.cpu;
    // Of too few pairs both would be chance.
    if (!isKnown(head)) continue;
    const { ratio } = head;
    const range = intervalText(head);
    benchmarks.push({ name: `${name}: head / base`, unit: 'ratio', value: ratio, range, extra });
    if (headNs !== null && baseNs !== null) {
      const base = `base: ${baseNs} ns; ${extra}`;
      benchmarks.push({ name: `${name}: one look-up`, unit: 'ns', value: headNs, extra: base });
    }
  }
  return `${JSON.stringify(benchmarks, null, 2)}\n`;
}
