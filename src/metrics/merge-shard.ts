import { mergeCounts } from '../base/histogram-counts.ts';
import type { PressureSamples, SecondSamples, ShardSamples } from './cell-samples.ts';
import { pairs, sums } from './place-by-place.ts';

/** What two generators have seen of one shard. */
export function mergeShard(a: ShardSamples, b: ShardSamples): ShardSamples {
  return {
    response: mergeCounts(a.response, b.response),
    service: mergeCounts(a.service, b.service),
    queueWait: mergeCounts(a.queueWait, b.queueWait),
    inWindowByOperation: sums(a.inWindowByOperation, b.inWindowByOperation),
    servedByOperation: sums(a.servedByOperation, b.servedByOperation),
    serviceNsByOperation: sums(a.serviceNsByOperation, b.serviceNsByOperation),
    writesSent: a.writesSent + b.writesSent,
    readsSent: a.readsSent + b.readsSent,
    writesInWindow: a.writesInWindow + b.writesInWindow,
    readsInWindow: a.readsInWindow + b.readsInWindow,
    errors: a.errors + b.errors,
    timeouts: a.timeouts + b.timeouts,
    dropped: a.dropped + b.dropped,
    poolLooks: a.poolLooks + b.poolLooks,
    poolFullLooks: a.poolFullLooks + b.poolFullLooks,
    maxQueued: a.maxQueued + b.maxQueued,
    pressure: mergePressure(a.pressure, b.pressure),
    seconds: pairs(a.seconds, b.seconds, mergeSecond),
  };
}

function mergePressure(a: PressureSamples, b: PressureSamples): PressureSamples {
  return {
    looks: sums(a.looks, b.looks),
    full: sums(a.full, b.full),
    queued: sums(a.queued, b.queued),
    queries: sums(a.queries, b.queries),
    refused: sums(a.refused, b.refused),
    expired: sums(a.expired, b.expired),
  };
}

function mergeSecond(a: SecondSamples, b: SecondSamples): SecondSamples {
  return {
    writes: a.writes + b.writes,
    reads: a.reads + b.reads,
    errors: a.errors + b.errors,
    dropped: a.dropped + b.dropped,
    response: mergeCounts(a.response, b.response),
    queued: a.queued + b.queued,
    ended: a.ended + b.ended,
    waitedNs: a.waitedNs + b.waitedNs,
    checkpoints: seenByEither(a.checkpoints, b.checkpoints),
    walBytes: seenByEither(a.walBytes, b.walBytes),
  };
}

const seenByEither = (a: number | null, b: number | null): number | null =>
  a === null ? b : b === null ? a : a + b;
