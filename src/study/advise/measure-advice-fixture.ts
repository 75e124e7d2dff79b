import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CapacityDocument } from '../../result/capacity-document.ts';
import { findRouter } from '../../router/registry.ts';
import type { Scenario } from '../../scenario/types.ts';
import { silent } from '../capacity/simulated-search-fixture.ts';
import { loadPlanned } from '../scenario/load-scenario.ts';
import { advise } from './advise.ts';
import { withCandidates } from './asked-scenario.ts';
import { type Effort, measureAdvice } from './measure-advice.ts';

type Search = Parameters<typeof measureAdvice>[0]['search'];

interface Asked {
  readonly text: string;
  readonly keys: readonly string[];
  readonly router?: string;
  readonly shardCounts: readonly number[];
  readonly best: number;
  readonly effort: Effort;
  readonly search: Search;
}

/** The advice on a scenario, measured by whatever searches. */
export async function measuredAdvice(asked: Asked) {
  const { text, keys, router = 'jump', shardCounts, best, effort, search } = asked;
  const path = join(mkdtempSync(join(tmpdir(), 'measured-')), 's.yaml');
  writeFileSync(path, text);
  const changed = (scenario: Scenario): Scenario =>
    withCandidates(scenario, { keys, routers: [findRouter(router)] });
  const planned = await loadPlanned(path, {}, () => undefined, changed);
  const about = { startedAt: '', command: '', shardlab: '' };
  const report = (): void => undefined;
  const draws = 40;
  const document = await advise({ loaded: planned, shardCounts, draws, about, report });
  const kept: CapacityDocument[] = [];
  const outcome = await measureAdvice({
    path,
    overrides: {},
    changed,
    best,
    document,
    planned,
    draws,
    effort,
    fleet: 'embedded',
    search,
    environment: {},
    keep: async (found) => {
      kept.push(found);
    },
    command: 'a test',
    progress: silent,
    signal: new AbortController().signal,
  });
  return { ...outcome, kept };
}
