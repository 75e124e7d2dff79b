import type { Ticker } from '../traffic/ports.ts';

export const intervalTicker: Ticker = (periodMs, tick) => {
  const timer = setInterval(tick, periodMs);
  return () => clearInterval(timer);
};
