import { present } from '../../base/assert.ts';
import type { Fault, FleetRequest, Heal } from '../types.ts';
import type { Docker } from './engine.ts';
import { cpuLimit, noCpuLimit } from './cpu-quota.ts';
import { waitUntilReady } from './readiness.ts';
import type { ShardContainer } from './shard-container.ts';

export interface Patient extends ShardContainer {
  readonly docker: Docker;
  readonly quota: FleetRequest['quota'];
  /** Called before the container is ended, and after it was started again. */
  readonly onEnd: () => void;
  readonly onRestart: () => void;
}

const stopSeconds = 10;

/** Breaks a shard; the returned function mends it and waits for its answer. */
export async function injectFault(patient: Patient, fault: Fault): Promise<Heal> {
  const { container, docker, quota } = patient;
  switch (fault.kind) {
    case 'stop':
      patient.onEnd();
      await container.stop({ t: stopSeconds });
      return () => restart(patient);
    case 'kill':
      patient.onEnd();
      await container.kill();
      // A start before its end would find it running and do nothing.
      await container.wait();
      return () => restart(patient);
    case 'pause':
      await container.pause();
      return async () => {
        await container.unpause();
        await answered(patient);
      };
    case 'cpu':
      await container.update(cpuLimit(fault.cores));
      return async () => {
        await container.update(quota ? cpuLimit(quota.cpu) : noCpuLimit);
      };
    case 'disconnect': {
      const { NetworkSettings } = await container.inspect();
      const network = docker.getNetwork(
        present(Object.keys(NetworkSettings.Networks)[0], 'network'),
      );
      await network.disconnect({ Container: container.id, Force: true });
      return async () => {
        await network.connect({ Container: container.id });
        await answered(patient);
      };
    }
  }
}

async function restart(patient: Patient): Promise<void> {
  await patient.container.start();
  patient.onRestart();
  await answered(patient);
}

const answered = ({ container, connection }: Patient): Promise<void> =>
  waitUntilReady(container, connection, new AbortController().signal);
