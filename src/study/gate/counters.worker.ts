import { parentPort, workerData } from 'node:worker_threads';
import { countHere, type CountRequest } from './count-router.ts';

/** Counts one router of the user's own, which may print, exit, or never come back. */
parentPort?.postMessage(await countHere(workerData as CountRequest));
