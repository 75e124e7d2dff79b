import { assert } from '../base/assert.ts';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { interruptible } from './interrupt.ts';

const listeners = (): number => process.listenerCount('SIGINT') + process.listenerCount('SIGTERM');
const before = listeners();

const untilAborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason));
  });

afterEach(() => {
  vi.restoreAllMocks();
  assert(listeners() === before, 'a listener was left behind');
});

describe('interruptible', () => {
  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('%s ends work with %d', async (name, exitCode) => {
    const ended = interruptible(untilAborted);
    process.emit(name);
    await expect(ended).rejects.toMatchObject({ name: 'UserError', exitCode });
  });

  it('leaves it to work to end well after a signal', async () => {
    const ended = interruptible(async (signal) => {
      await untilAborted(signal).catch(() => undefined);
      return 'kept';
    });
    process.emit('SIGINT');
    expect(await ended).toBe('kept');
  });

  it('passes on a failure that no signal caused', async () => {
    const failure = new Error('own');
    await expect(interruptible(() => Promise.reject(failure))).rejects.toBe(failure);
  });

  it('ends the process at the second signal', async () => {
    const exit = vi.spyOn(process, 'exit').mockImplementation(() => undefined as never);
    const ended = interruptible(untilAborted);
    process.emit('SIGINT');
    process.emit('SIGTERM');
    expect(exit).toHaveBeenCalledWith(143);
    await expect(ended).rejects.toMatchObject({ exitCode: 130 });
  });
});
