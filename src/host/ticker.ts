import type { Ticker } from '../load/ports.ts';

export const intervalTicker: Ticker = (periodMs, tick) => {
  const timer = setInterval(tick, periodMs);
  return () => clearInterval(timer);
};
