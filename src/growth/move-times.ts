import type { MoveLimits } from '../scenario/growth-types.ts';

/** How long moving so many bytes takes by one stream, and how long both sides are written. */
export function moveTimes(
  bytes: number,
  { throttleBytesPerSecond, soakMs }: Pick<MoveLimits, 'throttleBytesPerSecond' | 'soakMs'>,
) {
  const copySeconds = bytes / throttleBytesPerSecond;
  // Verifying reads what was written, at the same rate.
  const verifySeconds = copySeconds;
  const soakSeconds = bytes > 0 ? soakMs / 1000 : 0;
  const dualWriteSeconds = copySeconds + verifySeconds + soakSeconds;
  return { copySeconds, verifySeconds, soakSeconds, dualWriteSeconds };
}
