import { parentPort, workerData } from 'node:worker_threads';
import { present } from '../../base/assert.ts';
import { DriftFactors, driftDraws } from '../../placement/drift.ts';
import { comparisonPlan, runTask } from './compare-routers.ts';
import type { ComparisonRequest, ComparisonAnswer } from './compare-workers.ts';
import { loadScenario } from '../scenario/load-scenario.ts';

/** Takes the next task until none is left. */
const port = present(parentPort, 'parent: this file runs as a worker');
const { path, overrides, topology, samples, drift, next } = workerData as ComparisonRequest;
const loaded = await loadScenario(path, overrides, undefined, 'plan');
const plan = comparisonPlan(loaded, topology, samples, drift);
const { count } = loaded.workload.tenants;
const factors = new DriftFactors(
  count,
  drift.sigma,
  Math.min(samples ?? Infinity, driftDraws(count)),
);

/** Of this thread alone: what else the machine does must not decide how many draws a band has. */
function cpuMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

for (let index = Atomics.add(next, 0, 1); ; index = Atomics.add(next, 0, 1)) {
  const task = plan.tasks[index];
  if (task === undefined) break;
  const answer: ComparisonAnswer = { index, result: runTask(plan, task, factors, cpuMs) };
  port.postMessage(answer);
}
