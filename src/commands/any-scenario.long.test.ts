import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { UserError } from '../base/user-error.ts';
import type { Streams } from '../host/terminal.ts';
import { growthMarkdown } from '../report/growth/growth-report.ts';
import { growthTable } from '../report/growth/terminal.ts';
import { markdownReport } from '../report/markdown.ts';
import { terminalTable } from '../report/terminal.ts';
import { formatGrowthDocument } from '../result/growth-parse.ts';
import { atTheStart } from '../workload/phases.ts';
import { expectedArrivals } from '../workload/schedule.ts';
import { anyScenario, lightScenario } from './any-scenario-fixture.ts';
import { dryRunCommand } from './dry-run.ts';
import { grow } from '../study/grow/grow.ts';
import {
  drawWorkload,
  type LoadedScenario,
  readScenario,
} from '../study/scenario/load-scenario.ts';
import { scratch } from './shardlab-fixture.ts';
import { formatRunResult } from '../result/parse.ts';
import type { RunResult } from '../result/types.ts';
import { simulate } from '../study/simulate/simulate.ts';

/** What a command would end with: done, or what a UserError says; anything else is a crash. */
async function answerOf(step: () => Promise<unknown>): Promise<string> {
  try {
    await step();
    return 'done';
  } catch (error) {
    if (error instanceof UserError) return error.message;
    throw error;
  }
}

async function dryRun(path: string): Promise<void> {
  let answer = '';
  const stdout = { write: (text: string) => (answer += text) } as unknown as Streams['stdout'];
  const streams = { stdin: process.stdin, stderr: stdout, stdout, environment: {} };
  await dryRunCommand(path, { strategy: [], fleet: 'embedded', retries: 1 }, streams);
  expect(answer).toContain('cells     ');
}

/** More takes long, and goes the same way. */
const most = { rows: 20_000, arrivals: 5000, windowMs: 5000 };

async function loaded(path: string): Promise<LoadedScenario | null> {
  const read = { ...(await readScenario(path, {}, 'plan')), rowLimit: most.rows };
  const { arrivals, durationMs, warmupMs } = read.scenario;
  const expected =
    expectedArrivals(arrivals, durationMs) + expectedArrivals(atTheStart(arrivals), warmupMs);
  const isSmall = expected <= most.arrivals && durationMs + warmupMs <= most.windowMs;
  return isSmall ? drawWorkload(read, () => {}) : null;
}

async function simulated(scenario: LoadedScenario): Promise<void> {
  const progress = {
    note: () => {},
    warn: () => {},
    stage: () => {},
    pulse: () => {},
    end: () => {},
  };
  const { signal } = new AbortController();
  const command = 'shardlab simulate';
  const keep = async (result: RunResult): Promise<void> => {
    // It refuses what is not a valid document.
    formatRunResult(result);
  };
  const outcome = await simulate({ loaded: scenario, keep, command, notes: [], progress, signal });
  if (outcome.problem !== null) throw outcome.problem;
  terminalTable(outcome.result, { width: 100, colour: false });
  markdownReport(outcome.result);
}

async function grown(scenario: LoadedScenario, path: string): Promise<void> {
  const { strategies, growth } = scenario.scenario;
  const document = await grow({
    loaded: scenario,
    path,
    strategies,
    to: growth.to.length > 0 ? growth.to : [5, 8],
    stated: null,
    samples: 3,
    keys: null,
    about: { startedAt: '2026-01-01T00:00:00Z', command: 'shardlab grow', shardlab: '0' },
    report: () => {},
  });
  formatGrowthDocument(document);
  growthTable(document, { width: 100, colour: false });
  growthMarkdown(document);
}

test('no scenario ends with 1: each command does its work or says why it cannot', async () => {
  const folder = scratch();
  const path = join(folder, 'any.yaml');
  const done = { dryRun: 0, simulate: 0, grow: 0 };
  const tell = (command: keyof typeof done, answer: string): void => {
    if (answer === 'done') done[command] += 1;
  };
  const property = fc.asyncProperty(anyScenario, async (document: object) => {
    writeFileSync(path, JSON.stringify(document));
    tell('dryRun', await answerOf(() => dryRun(path)));
    let small: LoadedScenario | null = null;
    await answerOf(async () => (small = await loaded(path)));
    const scenario: LoadedScenario | null = small;
    if (scenario === null) return;
    tell('simulate', await answerOf(() => simulated(scenario)));
    tell('grow', await answerOf(() => grown(scenario, path)));
  });
  // Most are refused for one reason or another; some must go all the way, on a busy machine too,
  // where time may be up before chance has drawn one. Those with little load go first.
  const examples = fc.sample(lightScenario, 5).map((light): [object] => [light]);
  const numRuns = examples.length + 25;
  await fc.assert(property, { numRuns, examples, interruptAfterTimeLimit: 60_000 });
  expect(Math.min(...Object.values(done))).toBeGreaterThan(0);
}, 120_000);
