import type { Container } from './engine.ts';

const lines = 4;

/** The last lines of a container's log in one line, or why there is none. */
export async function containerLog(container: Container): Promise<string> {
  try {
    const raw = (await container.logs({ stdout: true, stderr: true, tail: 12 })) as unknown;
    const text = withoutFrames(raw as Buffer)
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '');
    return text.length === 0 ? 'its log is empty' : `its log: ${text.slice(-lines).join(' / ')}`;
  } catch (error) {
    return `its log cannot be read (${(error as Error).message})`;
  }
}

/**
 * stdout and stderr come in frames: stream (1 byte), 3 zeros, length (4 bytes, big-endian), text.
 */
export function withoutFrames(raw: Buffer): string {
  let text = '';
  for (let at = 0; at + 8 <= raw.length; ) {
    const length = raw.readUInt32BE(at + 4);
    text += raw.toString('utf8', at + 8, at + 8 + length);
    at += 8 + length;
  }
  return text;
}

/** How a container ended: `out of memory`, or its exit code. */
export async function endOf(container: Container): Promise<string> {
  try {
    const { State } = await container.inspect();
    if (State.OOMKilled) return 'out of memory: the kernel ended it at its memory limit';
    return `exit code ${State.ExitCode}`;
  } catch (error) {
    return `the engine does not say why (${(error as Error).message})`;
  }
}
