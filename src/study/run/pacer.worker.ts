import { writeSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { present } from '../../base/assert.ts';
import type { PacerChannel, PacerMessage, PacerRequest } from '../../host/pacer-channel.ts';
import { runPhase } from '../../host/pacer-loop.ts';
import { systemClock } from '../../host/system-clock.ts';
import type { Workload } from '../../workload/types.ts';

const { workload, channel } = workerData as { workload: Workload; channel: PacerChannel };
const port = present(parentPort, 'parent: this file runs as a worker');
const clock = systemClock();
port.on('message', (request: PacerRequest) => {
  const send = (message: PacerMessage): void => port.postMessage(message);
  runPhase(workload, channel, request, clock, send, writeSync);
});
