import type { TableActivity } from './evidence.ts';

/** Counters of a table that nobody has used. */
export const noActivity: Omit<TableActivity, 'seconds'> = {
  inserted: 0,
  updated: 0,
  hotUpdated: 0,
  deleted: 0,
  sequentialScans: 0,
  sequentialRows: 0,
  indexScans: 0,
  indexRows: 0,
  liveRows: 0,
  deadRows: 0,
  lastVacuum: null,
  lastAnalyze: null,
};
