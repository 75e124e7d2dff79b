import { z } from 'zod';
import { documentFormat } from './document-text.ts';
import { finding } from './finding.ts';
import { gateTiming } from './gate-timing.ts';

/**
 * The output document of `gate`, `"schema": "shardlab/gate/v2"`: whether head's routers answer as
 * they did, and whether they are as fast as base's. Everything a report says is drawn from it.
 */

const count = z.int().nonnegative();

/** A counter that is not what it was. null: only the other side has it. */
export const counterDifference = z.strictObject({
  /** The router as it is named, or `key hash xxh64`. */
  subject: z.string(),
  of: z.enum(['router', 'key hash']),
  counter: z.string(),
  /** answers: where keys go. work: how much a look-up does for its answer. */
  counts: z.enum(['answers', 'work']),
  expected: z.union([z.string(), z.number()]).nullable(),
  found: z.union([z.string(), z.number()]).nullable(),
});

export const gateCounters = z.strictObject({
  /** Routers and key hashes whose counters were taken. */
  routers: z.array(z.string()),
  hashes: count,
  /** Values that were compared. */
  compared: count,
  /** What they were compared with: the file of the baseline, or the base. */
  against: z.array(z.string()),
  differences: z.array(counterDifference),
  /** Why there is no evidence: a missing baseline or router, a router that does not load. */
  problems: z.array(finding),
});

/**
 * `missing`: evidence is missing, which fails. `changed`: answers changed. In this order the first
 * that applies is the verdict.
 */
export const gateStatus = z.enum(['missing', 'changed', 'regressed', 'undecided', 'pass']);

export const gateDocument = z.strictObject({
  schema: z.literal('shardlab/gate/v2'),
  startedAt: z.string(),
  environment: z.strictObject({
    shardlab: z.string(),
    node: z.string(),
    os: z.string(),
    cpu: z.string(),
    cores: count,
  }),
  /** As it stands: `changedFiles` are not in its commit. null: head is in no repository. */
  head: z
    .strictObject({
      commit: z.string().nullable(),
      branch: z.string().nullable(),
      changedFiles: count,
    })
    .nullable(),
  /** commit is null where the base is a folder. */
  base: z.strictObject({ name: z.string(), commit: z.string().nullable() }),
  notes: z.array(finding),
  counters: gateCounters,
  /** null: nothing was timed, as the counters had decided already or the base gave nothing. */
  timing: gateTiming.nullable(),
  verdict: z.strictObject({
    status: gateStatus,
    /** 0, 4 or 6. */
    exitCode: count,
    /** What was found; the first is the most important. */
    reasons: z.array(finding),
  }),
});

export type GateDocument = z.infer<typeof gateDocument>;
export type GateStatus = z.infer<typeof gateStatus>;
export type GateCounters = z.infer<typeof gateCounters>;
export type CounterDifference = z.infer<typeof counterDifference>;

/** Reads and writes documents of `gate`. */
export const { parse: parseGateDocument, format: formatGateDocument } = documentFormat(
  gateDocument,
  'shardlab gate',
);
