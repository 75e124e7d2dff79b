import { parentPort, workerData } from 'node:worker_threads';
import { present } from '../../base/assert.ts';
import { UserError } from '../../base/user-error.ts';
import type { LiveAnswer, LiveRequest, LiveThreadData } from './live-messages.ts';
import { LiveThread } from './live-thread.ts';

const { run, port: asked } = workerData as LiveThreadData;
const port = present(parentPort, 'parent: this file runs as a worker');
const answer = (message: LiveAnswer): void => port.postMessage(message);

try {
  const thread = await LiveThread.start(run, asked);
  port.on('message', (request: LiveRequest) => {
    if (request.kind !== 'end') {
      thread.take(request);
      return;
    }
    void thread.end(request).then((cpuMs) => {
      answer({ kind: 'closed', cpuMs });
      port.close();
    });
  });
  answer({ kind: 'listening', url: thread.url });
} catch (error) {
  if (!(error instanceof UserError)) throw error;
  const { message, exitCode, hint } = error;
  answer({ kind: 'refused', message, exitCode, hint });
}
