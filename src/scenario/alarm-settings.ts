import type { Alarms, Scenario } from './types.ts';

/** What the rules compare with: limits of the scenario, and the disk that its data would fill. */
export function alarmSettings({ alarms, capacity, growth }: Scenario): Alarms & {
  readonly diskBytes: number;
  readonly dataBytes: number | null;
} {
  return { ...alarms, diskBytes: capacity.diskBytes, dataBytes: growth.now.bytes };
}
