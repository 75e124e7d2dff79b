/** How an operation or a shard query ended; numbers, because they travel on the hot path. */
export const outcomes = { ok: 0, failed: 1, timedOut: 2, dropped: 3 } as const;
export type Outcome = (typeof outcomes)[keyof typeof outcomes];
